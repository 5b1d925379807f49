package org.bpf4j.object;

/// The kernel's types of programs (`enum bpf_prog_type` of `linux/bpf.h`), those that some
/// [ProgramKind] has; a type decides which helpers there are, and an attach type may split it
/// further.
public enum ProgramType {
  KPROBE(2),
  SCHED_CLS(3),
  TRACEPOINT(5),
  XDP(6),
  RAW_TRACEPOINT(17),
  PERF_EVENT(7),
  TRACING(26),
  LSM(29),
  SYSCALL(31);

  private final int number;

  ProgramType(int number) {
    this.number = number;
  }

  /// The kernel's number: `BPF_PROG_TYPE_*`.
  public int number() {
    return number;
  }
}
