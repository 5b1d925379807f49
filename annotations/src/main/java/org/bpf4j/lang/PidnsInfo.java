package org.bpf4j.lang;

/// A process as a PID namespace sees it: the kernel's `bpf_pidns_info`.
@Struct
public final class PidnsInfo {
  /// The thread.
  public int pid;

  /// The process.
  public int tgid;
}
