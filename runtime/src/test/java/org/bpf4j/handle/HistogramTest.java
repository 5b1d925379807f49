package org.bpf4j.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class HistogramTest {

  @Test
  void percentilesAreEndsOfBuckets() {
    Histogram histogram = Histogram.log2(new long[] {0, 1, 2, 0, 6, 1});
    assertThat(histogram.total()).isEqualTo(10);
    assertThat(histogram.percentile(10)).isEqualTo(2);
    assertThat(histogram.percentile(11)).isEqualTo(4);
    assertThat(histogram.percentile(90)).isEqualTo(16);
    assertThat(histogram.percentile(100)).isEqualTo(32);
  }

  @Test
  void barsBeginAtTheFirstNumber() {
    Histogram histogram = Histogram.linear(new long[] {0, 4, 0, 2, 0}, 100, 10);
    assertThat(histogram.toString().lines().map(String::strip))
        .containsExactly(
            "110 .. 119                             4 |" + "*".repeat(40) + "|",
            "120 .. 129                             0 |" + " ".repeat(40) + "|",
            "130 .. 139                             2 |" + "*".repeat(20) + " ".repeat(20) + "|");
  }

  @Test
  void nothingHasNoPercentile() {
    Histogram empty = Histogram.log2(new long[64]);
    assertThat(empty.start(64)).isEqualTo(Long.MAX_VALUE);
    assertThat(empty.start(63)).isEqualTo(1L << 62);
    assertThatThrownBy(() -> empty.percentile(50)).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> empty.percentile(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
