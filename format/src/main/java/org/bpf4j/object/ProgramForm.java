package org.bpf4j.object;

import java.util.List;

/// A way to load programs that the names of sections choose by libbpf's convention, and no
/// annotation of the language: the kernel's type or attach type is another than that of the nearest
/// [ProgramKind].
public enum ProgramForm {
  /// At what arrives, where the kernel has tcx.
  TCX_INGRESS(ProgramKind.TC, 46, "tcx/ingress", "tc/ingress"),
  /// At what leaves.
  TCX_EGRESS(ProgramKind.TC, 47, "tcx/egress", "tc/egress"),
  /// As an action of traffic control, which a classifier chooses.
  ACTION(ProgramKind.TC, ProgramType.SCHED_ACT, 0, "action"),
  /// At the packets of a cgroup's sockets, of a direction that is chosen at attachment.
  CGROUP_SKB(ProgramKind.CGROUP_SKB_INGRESS, 0, "cgroup/skb"),
  /// At the sockets in a map, for a purpose that is chosen at attachment.
  SK_SKB(ProgramKind.SK_SKB_VERDICT, 0, "sk_skb"),
  /// When a socket is to get a packet, or a connection is to move to another socket.
  SK_REUSEPORT_MIGRATE(ProgramKind.SK_REUSEPORT, 40, "sk_reuseport/migrate"),
  /// When a Unix socket of a cgroup connects.
  CGROUP_CONNECT_UNIX(ProgramKind.CGROUP_CONNECT4, 49, "cgroup/connect_unix"),
  /// When an unconnected Unix socket of a cgroup sends a datagram.
  CGROUP_SENDMSG_UNIX(ProgramKind.CGROUP_SENDMSG4, 50, "cgroup/sendmsg_unix"),
  /// When an unconnected Unix socket of a cgroup has received a datagram.
  CGROUP_RECVMSG_UNIX(ProgramKind.CGROUP_RECVMSG4, 51, "cgroup/recvmsg_unix"),
  /// When a process of a cgroup asks for the address of a Unix socket's peer.
  CGROUP_GETPEERNAME_UNIX(ProgramKind.CGROUP_GETPEERNAME4, 52, "cgroup/getpeername_unix"),
  /// When a process of a cgroup asks for a Unix socket's own address.
  CGROUP_GETSOCKNAME_UNIX(ProgramKind.CGROUP_GETSOCKNAME4, 53, "cgroup/getsockname_unix");

  private final ProgramKind kind;
  private final ProgramType type;
  private final int attachType;
  private final List<String> sections;

  ProgramForm(ProgramKind kind, int attachType, String... sections) {
    this(kind, kind.type(), attachType, sections);
  }

  ProgramForm(ProgramKind kind, ProgramType type, int attachType, String... sections) {
    this.kind = kind;
    this.type = type;
    this.attachType = attachType;
    this.sections = List.of(sections);
  }

  /// The nearest kind, whose context and family it has.
  public ProgramKind kind() {
    return kind;
  }

  /// The kernel's type.
  public ProgramType type() {
    return type;
  }

  /// The attach type (`enum bpf_attach_type` of `linux/bpf.h`).
  public int attachType() {
    return attachType;
  }

  /// The names of sections; the first is the one that we write.
  public List<String> sections() {
    return sections;
  }
}
