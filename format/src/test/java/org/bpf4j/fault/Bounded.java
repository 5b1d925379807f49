package org.bpf4j.fault;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/// Reads broken files, and keeps an account of how that ended and what it cost.
public final class Bounded {

  /// The longest that reading may take, ns.
  private static final long MOST_TIME = 1_000_000_000;

  /// What reading may allocate: that often the file's size, and a constant for what comes with the
  /// first of a kind.
  private static final long MOST_TIMES = 16;

  private static final long MOST_CONSTANT = 1 << 20;

  /// How often what took too much is done again, since others use the machine too, and classes are
  /// initialised once.
  private static final int TRIES = 3;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// How a reading ended.
  public enum End {
    READ,
    REFUSED
  }

  /// Reads a file.
  @FunctionalInterface
  public interface Reader {

    /// Reads it, and says how that ended; what it throws is a fault.
    End read(byte[] bytes);
  }

  private record Cost(End end, long nanoseconds, long bytes) {}

  private final long constant;

  private final Map<End, Integer> ends = new EnumMap<>(End.class);
  private final Map<String, Integer> faults = new TreeMap<>();
  private long longest;
  private double mostTimes;

  /// An account of readers that allocate no more than that often the file's size.
  public Bounded() {
    this(MOST_CONSTANT);
  }

  private Bounded(long constant) {
    this.constant = constant;
  }

  /// An account of readers that read other things besides, whatever the file is.
  ///
  /// @param constant the bytes that those take
  public static Bounded besides(long constant) {
    return new Bounded(MOST_CONSTANT + constant);
  }

  private boolean isTooMuch(Cost cost, long size) {
    return cost.nanoseconds > MOST_TIME || cost.bytes > MOST_TIMES * size + constant;
  }

  /// Reads a file.
  ///
  /// @param name what makes it again
  public void read(Object name, byte[] bytes, Reader reader) {
    read(name, bytes, bytes.length, reader);
  }

  /// Reads a file.
  ///
  /// @param name what makes it again
  /// @param size the file's size, and that of what it asks for
  public void read(Object name, byte[] bytes, long size, Reader reader) {
    try {
      Cost cost = measure(bytes, reader);
      for (int i = 1; i < TRIES && isTooMuch(cost, size); i++) {
        cost = measure(bytes, reader);
      }
      if (isTooMuch(cost, size)) {
        fault(
            "%d ms, %d bytes allocated for %d"
                .formatted(cost.nanoseconds / 1_000_000, cost.bytes, size),
            name);
      }
      ends.merge(cost.end, 1, Integer::sum);
      longest = Math.max(longest, cost.nanoseconds);
      mostTimes = Math.max(mostTimes, (double) (cost.bytes - constant) / Math.max(1, size));
    } catch (RuntimeException | Error e) {
      StackTraceElement[] trace = e.getStackTrace();
      fault(e + " at " + (trace.length == 0 ? "?" : trace[0] + own(trace)), name);
    }
  }

  private static String own(StackTraceElement[] trace) {
    for (StackTraceElement element : trace) {
      if (element.getClassName().startsWith("org.bpf4j.")) {
        return ", " + element;
      }
    }
    return "";
  }

  private void fault(String what, Object name) {
    if (faults.size() < 20) {
      faults.merge(what + " (mutant " + name + ")", 1, Integer::sum);
    }
  }

  private static Cost measure(byte[] bytes, Reader reader) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    End end = reader.read(bytes);
    long took = System.nanoTime() - start;
    return new Cost(end, took, THREADS.getCurrentThreadAllocatedBytes() - before);
  }

  /// What was done wrong; empty if nothing.
  public Map<String, Integer> faults() {
    return faults;
  }

  /// How many ended so.
  public int count(End end) {
    return ends.getOrDefault(end, 0);
  }

  @Override
  public String toString() {
    return "%s, longest %d ms, at most %.1f times the input and %d KiB"
        .formatted(ends, longest / 1_000_000, mostTimes, constant >> 10);
  }
}
