package org.bpf4j.lang;

/// Where numbers are counted in a histogram: an array of counters with an element for each bucket.
///
/// `waits.get(Buckets.log2(micros)).incrementAndGet()` counts a wait; `Histogram.log2` of the
/// package `org.bpf4j.handle` shows what was counted.
public final class Buckets {

  /// The buckets that [#log2] has: one for what is not positive, one for each bit.
  public static final int LOG2 = 64;

  private Buckets() {}

  /// The bucket of a number by its power of two: 0 for numbers below 1, and `n` for those from
  /// `2ⁿ⁻¹` to `2ⁿ - 1`.
  @BpfFunction
  public static int log2(long value) {
    return value <= 0 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(value);
  }

  /// The bucket of a number among some of equal width. Numbers below the first bucket count there,
  /// those behind the last one in the last.
  ///
  /// @param from where the first bucket begins
  /// @param width the width of each bucket, positive
  /// @param buckets how many there are
  @BpfFunction
  public static int linear(long value, long from, long width, int buckets) {
    if (value < from) {
      return 0;
    }
    long bucket = Long.divideUnsigned(value - from, width);
    return Long.compareUnsigned(bucket, buckets) < 0 ? (int) bucket : buckets - 1;
  }
}
