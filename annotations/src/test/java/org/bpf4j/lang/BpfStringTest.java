package org.bpf4j.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BpfStringTest {

  private static BpfString of(int size, String text) {
    BpfString string = BpfString.ofSize(size);
    string.set(text.getBytes(StandardCharsets.UTF_8));
    return string;
  }

  @Test
  void isEmptyAtFirst() {
    BpfString string = BpfString.ofSize(4);
    assertThat(string.size()).isEqualTo(4);
    assertThat(string.text()).isEmpty();
    assertThat(string.contentEquals("")).isTrue();
    assertThat(string.startsWith("")).isTrue();
    assertThat(string.bytes()).containsOnly(0);
  }

  @Test
  void endsAtTheFirstZeroByte() {
    BpfString string = BpfString.ofSize(6);
    string.set(new byte[] {'a', 'b', 0, 'c', 'd', 'e'});
    assertThat(string.text()).isEqualTo("ab").isEqualTo(string.toString());
    assertThat(string.contentEquals("ab")).isTrue();
    assertThat(string.contentEquals("abc")).isFalse();
    assertThat(string.startsWith("ab")).isTrue();
    assertThat(string.startsWith("abc")).isFalse();
    assertThat(string.byteAt(3)).isEqualTo((byte) 'c');
  }

  @Test
  void mayFillItsSizeWithoutZero() {
    BpfString string = of(4, "curl");
    assertThat(string.text()).isEqualTo("curl");
    assertThat(string.contentEquals("curl")).isTrue();
    assertThat(string.contentEquals("curly")).isFalse();
    assertThat(string.contentEquals("cur")).isFalse();
  }

  @Test
  void comparesBytesOfUtf8() {
    BpfString string = of(8, "grün");
    assertThat(string.contentEquals("grün")).isTrue();
    assertThat(string.startsWith("grü")).isTrue();
    assertThat(string.startsWith("gru")).isFalse();
    assertThat(string.byteAt(2)).isEqualTo((byte) 0xc3);
  }

  @Test
  void cutsWhatDoesNotFit() {
    BpfString to = of(4, "****");
    to.copyFrom(of(16, "abcdef"));
    assertThat(to.text()).isEqualTo("abcd");
    to.copyFrom(of(2, "xy"));
    assertThat(to.bytes()).containsExactly('x', 'y', 0, 0);
    to.copyFrom(to);
    assertThat(to.text()).isEqualTo("xy");
    to.clear();
    assertThat(to.bytes()).containsOnly(0);
  }

  @Test
  void copiesGiveNoAccessToItsBytes() {
    BpfString string = of(4, "ab");
    string.bytes()[0] = 'z';
    assertThat(string.text()).isEqualTo("ab");
  }

  @Test
  void indicesAreChecked() {
    BpfString string = BpfString.ofSize(4);
    assertThatThrownBy(() -> string.byteAt(4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> string.byteAt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
