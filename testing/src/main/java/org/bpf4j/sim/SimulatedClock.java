package org.bpf4j.sim;

import java.time.Duration;
import java.time.Instant;

/// The clocks that programs read; they stand still until a test moves them. Timers that become due
/// on the way run while that test waits, each at its time.
public final class SimulatedClock {

  /// `HZ` of the simulated kernel: 250 ticks in a second, as distributions configure it.
  private static final long NANOS_PER_TICK = 4_000_000;

  /// `INITIAL_JIFFIES`: the counter starts so that 32 bits of it wrap after five minutes.
  private static final long INITIAL_JIFFIES = 0xffff_ffffL & (-300 * 250);

  /// International atomic time is ahead of UTC by that many seconds, since 2017.
  private static final long TAI_OFFSET_SECONDS = 37;

  private long nanos = Duration.ofMinutes(10).toNanos();
  private long suspendedNanos;
  private Instant booted = Instant.parse("2026-01-01T00:00:00Z");

  private final Timers timers;

  SimulatedClock(Timers timers) {
    this.timers = timers;
  }

  /// Sets the time since boot; initially ten minutes.
  public void set(Duration sinceBoot) {
    move(sinceBoot.toNanos());
  }

  /// Moves the time on.
  public void advance(Duration by) {
    move(Math.addExact(nanos, by.toNanos()));
  }

  private void move(long until) {
    for (Timers.Waiting due = timers.next(until); due != null; due = timers.next(until)) {
      nanos = Math.max(nanos, due.due());
      due.code().run();
    }
    nanos = until;
  }

  /// Adds time during which the machine was suspended: only the boot clock counts it.
  public void suspend(Duration time) {
    suspendedNanos = Math.addExact(suspendedNanos, time.toNanos());
  }

  /// Sets the wall-clock time of the boot; initially the start of 2026.
  public void bootedAt(Instant instant) {
    booted = instant;
  }

  /// Nanoseconds since boot without suspension (`bpf_ktime_get_ns`).
  public long nanos() {
    return nanos;
  }

  /// Nanoseconds since boot with suspension (`bpf_ktime_get_boot_ns`).
  public long bootNanos() {
    return nanos + suspendedNanos;
  }

  /// Nanoseconds as of the last tick (`bpf_ktime_get_coarse_ns`).
  public long coarseNanos() {
    return nanos - Math.floorMod(nanos, NANOS_PER_TICK);
  }

  /// Nanoseconds of international atomic time since 1970 (`bpf_ktime_get_tai_ns`).
  public long taiNanos() {
    long seconds = booted.getEpochSecond() + TAI_OFFSET_SECONDS;
    return Duration.ofSeconds(seconds, booted.getNano()).toNanos() + bootNanos();
  }

  /// Ticks (`bpf_jiffies64`).
  public long jiffies() {
    return INITIAL_JIFFIES + nanos / NANOS_PER_TICK;
  }
}
