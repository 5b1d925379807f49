package org.bpf4j.probe;

import org.bpf4j.object.ProgramType;

/// Ways of attaching by a link, which goes away with its last descriptor.
///
/// Each is tried with a program of its type and a target that cannot exist: a kernel that knows the
/// way says so of the target (`EBADF`, `ENODEV`), another says `EINVAL` of the whole.
public enum LinkKind {
  /// Frames of an interface (Linux 5.9).
  XDP(ProgramType.XDP, 37),
  /// Traffic control (Linux 6.6).
  TCX(ProgramType.SCHED_CLS, 46),
  /// Pairs of netkit devices (Linux 6.7).
  NETKIT(ProgramType.SCHED_CLS, 54),
  /// Control groups (Linux 5.7).
  CGROUP(ProgramType.CGROUP_SKB, 0),
  /// Network namespaces (Linux 5.8).
  NETWORK_NAMESPACE(ProgramType.FLOW_DISSECTOR, 17),
  /// Perf events: kprobes, uprobes, tracepoints, samples (Linux 5.15).
  PERF_EVENT(ProgramType.TRACEPOINT, 41),
  /// The packet filter (Linux 6.4).
  NETFILTER(ProgramType.NETFILTER, 45),
  /// Maps of sockets (Linux 6.10).
  SOCKET_MAP(ProgramType.SK_MSG, 7),
  /// Many kernel functions at once (Linux 5.18).
  KPROBE_MULTI(ProgramType.KPROBE, 42),
  /// Many places of a file at once (Linux 6.6).
  UPROBE_MULTI(ProgramType.KPROBE, 48);

  private final ProgramType type;
  private final int attachType;

  LinkKind(ProgramType type, int attachType) {
    this.type = type;
    this.attachType = attachType;
  }

  /// The type of the programs.
  public ProgramType programType() {
    return type;
  }

  /// `enum bpf_attach_type`.
  int attachType() {
    return attachType;
  }

  /// What the program must have been loaded for, or 0.
  int expectedAttachType() {
    return switch (this) {
      case NETFILTER, KPROBE_MULTI, UPROBE_MULTI -> attachType;
      case XDP, TCX, NETKIT, CGROUP, NETWORK_NAMESPACE, PERF_EVENT, SOCKET_MAP -> 0;
    };
  }
}
