package org.bpf4j.examples.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpf4j.examples.RealKernel;
import org.bpf4j.kernel.IncompatibleMapException;
import org.bpf4j.packet.Packet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedMapsKernelTest {

  private static final Path PIN = Path.of("/sys/fs/bpf/bpf4j_test_kept");

  @BeforeAll
  static void real() {
    RealKernel.use();
  }

  @BeforeEach
  @AfterEach
  void unpin() throws IOException {
    Files.deleteIfExists(PIN);
  }

  private static void run(SharedMapsBpf bpf) {
    bpf.count().run(Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(1, 2));
  }

  @Test
  void aPinnedMapOutlivesItsPrograms() {
    try (SharedMapsBpf first = SharedMapsBpf.load()) {
      run(first);
    }
    assertThat(PIN).exists();
    try (SharedMapsBpf second = SharedMapsBpf.load()) {
      run(second);
      assertThat(second.bpf4j_test_kept().get(1)).isEqualTo(2);
      assertThat(second.given().get(1)).isEqualTo(1);
    }
  }

  @Test
  void aPinnedMapOfAnotherSizeIsRefused() {
    try (SharedMapsBpf first = SharedMapsBpf.load()) {
      run(first);
    }
    assertThatExceptionOfType(IncompatibleMapException.class)
        .isThrownBy(
            () -> SharedMapsBpf.configure().bpf4j_test_kept(m -> m.maxEntries(5)).load().close())
        .withMessageContaining("max_entries")
        .withMessageContaining("5")
        .withMessageContaining("4");
  }

  @Test
  void aMapIsSharedByItsHandle() {
    SharedMapsBpf first = SharedMapsBpf.load();
    try (SharedMapsBpf second =
        SharedMapsBpf.configure().given(m -> m.share(first.given().loaded())).load()) {
      run(first);
      run(second);
      assertThat(first.given().get(1)).isEqualTo(2);
      first.close();
      run(second);
      assertThat(second.given().get(1)).isEqualTo(3);
    }
    SharedMapsBpf last = SharedMapsBpf.load();
    last.close();
    assertThatExceptionOfType(IncompatibleMapException.class)
        .isThrownBy(
            () -> {
              try (SharedMapsBpf other = SharedMapsBpf.load()) {
                SharedMapsBpf.configure()
                    .given(m -> m.share(other.mapped().loaded()))
                    .load()
                    .close();
              }
            })
        .withMessageContaining("map type");
  }

  @Test
  void aMappableArrayIsPlainMemory() {
    try (SharedMapsBpf bpf = SharedMapsBpf.load()) {
      bpf.mapped().put(0, 21L);
      run(bpf);
      assertThat(bpf.mapped().getOrThrow(599)).isEqualTo(42);
      assertThat(bpf.mapped().containsKey(600)).isFalse();
      bpf.mapped().clear();
      assertThat(bpf.mapped().get(0)).isZero();
    }
  }
}
