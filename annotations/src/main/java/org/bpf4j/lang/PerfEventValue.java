package org.bpf4j.lang;

/// A perf event's counter: the kernel's `bpf_perf_event_value`.
@Struct
public final class PerfEventValue {
  /// What was counted.
  public long counter;

  /// The nanoseconds that it was enabled.
  public long enabled;

  /// The nanoseconds that it counted.
  public long running;
}
