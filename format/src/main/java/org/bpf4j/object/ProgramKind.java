package org.bpf4j.object;

/// A kind of program: where it may be attached and what the kernel expects of it.
///
/// The section name follows libbpf's convention. The abort value is what a program returns where
/// Java would throw: the safe answer of its kind.
public enum ProgramKind {
  /// Runs for each frame at the driver (`BPF_PROG_TYPE_XDP`); aborts with `XDP_ABORTED`.
  XDP(6, 37, "xdp", 0, "4.8"),
  /// Runs for each packet at a tcx or clsact hook (`BPF_PROG_TYPE_SCHED_CLS`); aborts with
  /// `TC_ACT_SHOT`.
  TC(3, 0, "tc", 2, "4.1"),
  /// Runs at a static tracepoint, by perf event (`BPF_PROG_TYPE_TRACEPOINT`).
  TRACEPOINT(5, 0, "tracepoint", 0, "4.7"),
  /// Runs at a static tracepoint with its raw arguments (`BPF_PROG_TYPE_RAW_TRACEPOINT`).
  RAW_TRACEPOINT(17, 0, "raw_tracepoint", 0, "4.17"),
  /// Runs at the entry of a kernel function (`BPF_PROG_TYPE_KPROBE`).
  KPROBE(2, 0, "kprobe", 0, "4.1"),
  /// Runs when user space asks (`BPF_PROG_TYPE_SYSCALL`, always sleepable).
  SYSCALL(31, 0, "syscall", 0, "5.14");

  private final int type;
  private final int expectedAttachType;
  private final String section;
  private final int abortValue;
  private final KernelVersion since;

  ProgramKind(int type, int expectedAttachType, String section, int abortValue, String since) {
    this.type = type;
    this.expectedAttachType = expectedAttachType;
    this.section = section;
    this.abortValue = abortValue;
    this.since = KernelVersion.parse(since);
  }

  /// The kernel's number: `BPF_PROG_TYPE_*`.
  public int type() {
    return type;
  }

  /// The attach type given at load (`BPF_XDP` is 37), or 0 where the kernel wants none.
  public int expectedAttachType() {
    return expectedAttachType;
  }

  /// The section name, or its first part before a slash.
  public String section() {
    return section;
  }

  /// What an aborted program returns.
  public int abortValue() {
    return abortValue;
  }

  /// The first kernel that has it.
  public KernelVersion since() {
    return since;
  }

  /// Whether the program may sleep, which forbids some maps.
  public boolean sleepable() {
    return this == SYSCALL;
  }
}
