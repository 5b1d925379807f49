package org.bpf4j.sys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bpf4j.handle.LoadedRing;

/// A thread's wait for records, in any of several streams.
final class RecordWait {

  /// How long to wait for a record that is reserved but not yet submitted: a program takes
  /// microseconds.
  private static final long BUSY_WAIT_NANOSECONDS = 50_000;

  /// 146 years: a deadline must not overflow.
  private static final long LONGEST_NANOSECONDS = Long.MAX_VALUE / 2;

  private final List<? extends Awaited> streams;

  private RecordWait(List<? extends Awaited> streams) {
    this.streams = streams;
  }

  /// Waits until a record is in one of the streams or the time is over.
  ///
  /// @return whether there is a record
  /// @throws InterruptedException if the thread is interrupted; no record is lost
  /// @throws IllegalStateException if one of them is closed, also meanwhile
  static boolean await(List<? extends Awaited> streams, Duration timeout)
      throws InterruptedException {
    long nanoseconds = Math.clamp(TimeUnit.NANOSECONDS.convert(timeout), 0, LONGEST_NANOSECONDS);
    long deadline = System.nanoTime() + nanoseconds;
    int entered = 0;
    try {
      for (Awaited stream : streams) {
        stream.lifetime().enter();
        entered++;
      }
      return new RecordWait(streams).until(deadline);
    } finally {
      streams.subList(0, entered).forEach(stream -> stream.lifetime().leave());
    }
  }

  /// A stream of the kernel and others, which must be of it as well.
  static List<Awaited> together(Awaited first, List<? extends LoadedRing> others) {
    List<Awaited> all = new ArrayList<>(List.of(first));
    for (LoadedRing other : others) {
      if (!(other instanceof Awaited ring)) {
        throw new IllegalArgumentException("ring `" + other.name() + "`: not of this kernel");
      }
      all.add(ring);
    }
    return all;
  }

  private boolean until(long deadline) throws InterruptedException {
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      for (Awaited stream : streams) {
        if (stream.lifetime().isClosed()) {
          throw stream.lifetime().closed();
        }
      }
      if (streams.stream().anyMatch(Awaited::hasRecord)) {
        return true;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      sleep(left);
    }
  }

  /// A ring is readable as soon as something is reserved, so the poller would return at once.
  private void sleep(long nanoseconds) {
    if (streams.stream().allMatch(Awaited::isEmpty)) {
      streams.forEach(Awaited::arm);
      int[] numbers = streams.stream().mapToInt(Awaited::number).toArray();
      Poller.instance().park(numbers, nanoseconds, this::isClosed);
    } else {
      LockSupport.parkNanos(this, Math.min(nanoseconds, BUSY_WAIT_NANOSECONDS));
    }
  }

  private boolean isClosed() {
    return streams.stream().anyMatch(stream -> stream.lifetime().isClosed());
  }
}
