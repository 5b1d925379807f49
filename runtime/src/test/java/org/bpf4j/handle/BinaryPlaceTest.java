package org.bpf4j.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryPlaceTest {

  @Test
  void readsFunctionsAndBytes() {
    assertThat(BinaryPlace.parse("libc.so.6:malloc"))
        .isEqualTo(new BinaryPlace("libc.so.6", "malloc", 0));
    assertThat(BinaryPlace.parse("/opt/a:b/app:main+16"))
        .isEqualTo(new BinaryPlace("/opt/a:b/app", "main", 16));
    assertThat(BinaryPlace.parse("app:4096")).isEqualTo(new BinaryPlace("app", "", 4096));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app",
        ":main",
        "app:",
        "app:main+",
        "app:main+x",
        "app:+16",
        "app:9999999999999999999"
      })
  void saysWhatAPlaceIs(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinaryPlace.parse(text))
        .withMessageContaining("\"" + text + "\"; one is libc.so.6:malloc");
  }
}
