package org.bpf4j.handle;

import java.util.Arrays;
import java.util.Locale;

/// What a histogram held at one moment: how many numbers fell into each bucket.
///
/// Programs count with `org.bpf4j.lang.Buckets`; the counters go on while a snapshot is taken, so
/// that buckets may be from slightly different times. [#toString] draws a bar for each bucket.
public final class Histogram {

  private static final int BAR = 40;

  private final long[] counts;
  private final long[] starts;

  private Histogram(long[] counts, long[] starts) {
    this.counts = counts;
    this.starts = starts;
  }

  /// The counters of `Buckets.log2`.
  ///
  /// @param counters an array of numbers or atomics
  public static Histogram log2(MapHandle<Integer, Long> counters) {
    return log2(counts(counters));
  }

  /// The counters of `Buckets.log2`, added up over all CPUs.
  public static Histogram log2(PerCpuMapHandle<Integer, Long> counters) {
    return log2(counts(counters));
  }

  /// Counts by powers of two: bucket 0 is for numbers below 1, bucket `n` begins at `2ⁿ⁻¹`.
  public static Histogram log2(long[] counts) {
    long[] starts = new long[counts.length + 1];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = i <= Long.SIZE - 1 ? 1L << (i - 1) : Long.MAX_VALUE;
    }
    return new Histogram(counts.clone(), starts);
  }

  /// The counters of `Buckets.linear`.
  ///
  /// @param from where the first bucket begins
  /// @param width the width of each bucket
  public static Histogram linear(MapHandle<Integer, Long> counters, long from, long width) {
    return linear(counts(counters), from, width);
  }

  /// The counters of `Buckets.linear`, added up over all CPUs.
  public static Histogram linear(PerCpuMapHandle<Integer, Long> counters, long from, long width) {
    return linear(counts(counters), from, width);
  }

  /// Counts in buckets of equal width.
  public static Histogram linear(long[] counts, long from, long width) {
    long[] starts = new long[counts.length + 1];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = from + i * width;
    }
    return new Histogram(counts.clone(), starts);
  }

  private static long[] counts(MapHandle<Integer, Long> counters) {
    long[] counts = new long[counters.loaded().definition().maxEntries()];
    counters.forEach((bucket, count) -> counts[bucket] = count);
    return counts;
  }

  private static long[] counts(PerCpuMapHandle<Integer, Long> counters) {
    long[] counts = new long[counters.loaded().definition().maxEntries()];
    counters.forEach((bucket, values) -> counts[bucket] = values.sum(Long::longValue));
    return counts;
  }

  /// The number of buckets.
  public int size() {
    return counts.length;
  }

  /// How many numbers fell into a bucket.
  public long count(int bucket) {
    return counts[bucket];
  }

  /// Where a bucket begins; where the last one ends, for the bucket behind it.
  public long start(int bucket) {
    return starts[bucket];
  }

  /// How many numbers there are.
  public long total() {
    return Arrays.stream(counts).sum();
  }

  /// A number that this share of all numbers is below: the end of the bucket where it is reached.
  ///
  /// @param percent above 0, at most 100
  /// @throws IllegalArgumentException if it is not
  /// @throws java.util.NoSuchElementException if there are no numbers
  public long percentile(double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException(percent + " is no share of a hundred");
    }
    long total = total();
    if (total == 0) {
      throw new java.util.NoSuchElementException("the histogram is empty");
    }
    double wanted = total * percent / 100;
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i];
      if (below >= wanted) {
        return starts[i + 1];
      }
    }
    return starts[counts.length];
  }

  /// A line with a bar for each bucket from the first to the last that is not empty.
  @Override
  public String toString() {
    long most = Arrays.stream(counts).max().orElse(0);
    int first = 0;
    int last = counts.length - 1;
    while (first <= last && counts[first] == 0) {
      first++;
    }
    while (last > first && counts[last] == 0) {
      last--;
    }
    StringBuilder text = new StringBuilder();
    for (int i = first; i <= last; i++) {
      int bar = most == 0 ? 0 : (int) Math.round((double) BAR * counts[i] / most);
      text.append(
          String.format(
              Locale.ROOT,
              "%20d .. %-20d %12d |%-40s|%n",
              starts[i],
              starts[i + 1] - 1,
              counts[i],
              "*".repeat(bar)));
    }
    return text.toString();
  }
}
