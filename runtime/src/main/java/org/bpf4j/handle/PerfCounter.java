package org.bpf4j.handle;

/// What the kernel or the hardware counts (`enum perf_sw_ids` and `enum perf_hw_id` of
/// `linux/perf_event.h`).
public enum PerfCounter {
  /// The time of each CPU, in nanoseconds.
  CPU_CLOCK(1, 0),
  /// The time that the task runs, in nanoseconds.
  TASK_CLOCK(1, 1),
  /// Page faults.
  PAGE_FAULTS(1, 2),
  /// Switches between tasks.
  CONTEXT_SWITCHES(1, 3),
  /// Moves of tasks between CPUs.
  CPU_MIGRATIONS(1, 4),
  /// Cycles of the processor.
  CPU_CYCLES(0, 0),
  /// Instructions of the processor.
  INSTRUCTIONS(0, 1),
  /// Accesses to the last cache that missed.
  CACHE_MISSES(0, 3),
  /// Branches that were predicted wrongly.
  BRANCH_MISSES(0, 5);

  private final int type;
  private final int number;

  PerfCounter(int type, int number) {
    this.type = type;
    this.number = number;
  }

  /// `PERF_TYPE_*`.
  public int type() {
    return type;
  }

  /// `PERF_COUNT_*`.
  public int number() {
    return number;
  }
}
