package org.bpf4j.object;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A way to load programs that the names of sections choose by libbpf's convention, and no
/// annotation of the language: the kernel's type, attach type or options are others than those of
/// the nearest [ProgramKind].
///
/// The first kernels are those of the commits that brought the attach types or lifted the bans.
public enum ProgramForm {
  /// At what arrives, where the kernel has tcx.
  TCX_INGRESS(of(ProgramKind.TC, "6.6").attachType(46), "tcx/ingress", "tc/ingress"),
  /// At what leaves.
  TCX_EGRESS(of(ProgramKind.TC, "6.6").attachType(47), "tcx/egress", "tc/egress"),
  /// As an action of traffic control, which a classifier chooses.
  ACTION(of(ProgramKind.TC, "4.1").type(ProgramType.SCHED_ACT), "action"),
  /// At the packets of a cgroup's sockets, of a direction that is chosen at attachment.
  CGROUP_SKB(of(ProgramKind.CGROUP_SKB_INGRESS, "4.10").attachType(0), "cgroup/skb"),
  /// At the sockets in a map, for a purpose that is chosen at attachment.
  SK_SKB(of(ProgramKind.SK_SKB_VERDICT, "4.14").attachType(0), "sk_skb"),
  /// When a socket is to get a packet, or a connection is to move to another socket.
  SK_REUSEPORT_MIGRATE(of(ProgramKind.SK_REUSEPORT, "5.14").attachType(40), "sk_reuseport/migrate"),
  /// When a Unix socket of a cgroup connects.
  CGROUP_CONNECT_UNIX(of(ProgramKind.CGROUP_CONNECT4, "6.7").attachType(49), "cgroup/connect_unix"),
  /// When an unconnected Unix socket of a cgroup sends a datagram.
  CGROUP_SENDMSG_UNIX(of(ProgramKind.CGROUP_SENDMSG4, "6.7").attachType(50), "cgroup/sendmsg_unix"),
  /// When an unconnected Unix socket of a cgroup has received a datagram.
  CGROUP_RECVMSG_UNIX(of(ProgramKind.CGROUP_RECVMSG4, "6.7").attachType(51), "cgroup/recvmsg_unix"),
  /// When a process of a cgroup asks for the address of a Unix socket's peer.
  CGROUP_GETPEERNAME_UNIX(
      of(ProgramKind.CGROUP_GETPEERNAME4, "6.7").attachType(52), "cgroup/getpeername_unix"),
  /// When a process of a cgroup asks for a Unix socket's own address.
  CGROUP_GETSOCKNAME_UNIX(
      of(ProgramKind.CGROUP_GETSOCKNAME4, "6.7").attachType(53), "cgroup/getsockname_unix"),
  /// At a static tracepoint of a system call, by perf event, where it may sleep.
  TRACEPOINT_SLEEPABLE(
      of(ProgramKind.TRACEPOINT, "7.2").always(ProgramOption.SLEEPABLE), "tracepoint.s", "tp.s"),
  /// At a static tracepoint with its raw arguments, where it may sleep.
  RAW_TRACEPOINT_SLEEPABLE(
      of(ProgramKind.RAW_TRACEPOINT, "7.2").always(ProgramOption.SLEEPABLE),
      "raw_tracepoint.s",
      "raw_tp.s"),
  /// At a static tracepoint with arguments of known types, where it may sleep.
  BTF_TRACEPOINT_SLEEPABLE(
      of(ProgramKind.BTF_TRACEPOINT, "7.2").always(ProgramOption.SLEEPABLE), "tp_btf.s"),
  /// At the entry of a kernel function, and when it returns.
  FSESSION(
      of(ProgramKind.FENTRY, "7.0").attachType(58).choices(ProgramOption.SLEEPABLE), "fsession"),
  /// At the entries of many kernel functions, which are chosen at attachment.
  FENTRY_MULTI(
      of(ProgramKind.FENTRY, "7.2").attachType(59).choices(ProgramOption.SLEEPABLE).unbound(),
      "fentry.multi"),
  /// When any of many kernel functions returns.
  FEXIT_MULTI(
      of(ProgramKind.FEXIT, "7.2").attachType(60).choices(ProgramOption.SLEEPABLE).unbound(),
      "fexit.multi"),
  /// At the entries of many kernel functions, and when they return.
  FSESSION_MULTI(
      of(ProgramKind.FENTRY, "7.2").attachType(61).choices(ProgramOption.SLEEPABLE).unbound(),
      "fsession.multi"),
  /// For each change of the signal of an infrared receiver; nothing of ours attaches it.
  LIRC_MODE2(
      of(ProgramKind.SOCKET_FILTER, "4.18").type(ProgramType.LIRC_MODE2).attachType(16),
      "lirc_mode2");

  private final Row row;
  private final List<String> sections;

  ProgramForm(Row row, String... sections) {
    this.row = row;
    this.sections = List.of(sections);
  }

  private static Row of(ProgramKind kind, String since) {
    return new Row(kind, KernelVersion.parse(since));
  }

  /// The columns, which are those of the kind where nothing else is said.
  private static final class Row {
    final ProgramKind kind;
    final KernelVersion since;
    ProgramType type;
    int attachType;
    Set<ProgramOption> always = Set.of();
    Set<ProgramOption> choices = Set.of();
    Optional<String> btfPrefix;

    Row(ProgramKind kind, KernelVersion since) {
      this.kind = kind;
      this.since = since;
      type = kind.type();
      attachType = kind.expectedAttachType();
      btfPrefix = kind.btfPrefix();
    }

    Row type(ProgramType type) {
      this.type = type;
      return this;
    }

    Row attachType(int attachType) {
      this.attachType = attachType;
      return this;
    }

    Row always(ProgramOption option) {
      always = Set.of(option);
      return this;
    }

    Row choices(ProgramOption option) {
      choices = Set.of(option);
      return this;
    }

    Row unbound() {
      btfPrefix = Optional.empty();
      return this;
    }
  }

  /// The nearest kind, whose context and family it has.
  public ProgramKind kind() {
    return row.kind;
  }

  /// The kernel's type.
  public ProgramType type() {
    return row.type;
  }

  /// The attach type (`enum bpf_attach_type` of `linux/bpf.h`).
  public int attachType() {
    return row.attachType;
  }

  /// The first kernel that has it.
  public KernelVersion since() {
    return row.since;
  }

  /// The options that all its programs have.
  public Set<ProgramOption> always() {
    return row.always;
  }

  /// The options that a program may choose.
  public Set<ProgramOption> choices() {
    return row.choices;
  }

  /// As [ProgramKind#btfPrefix].
  public Optional<String> btfPrefix() {
    return row.btfPrefix;
  }

  /// The names of sections; the first is the one that we write.
  public List<String> sections() {
    return sections;
  }
}
