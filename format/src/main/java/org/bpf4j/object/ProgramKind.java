package org.bpf4j.object;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.object.ContextLayout.Trial;

/// A kind of program: where it may be attached and what the kernel and the language expect of it.
///
/// A kind is one row of this table. Everything that differs between kinds reads its columns, so a
/// new kind is a row, an annotation of that name, and, unless its family exists, a hook. Programs
/// of one kernel type that differ by attach type are kinds of their own.
public enum ProgramKind {
  /// Runs for each frame at the driver.
  XDP(
      row("Xdp", "an XDP", ProgramFamily.XDP)
          .kernel(ProgramType.XDP, 37, "4.8")
          .sections("xdp")
          .choices(ProgramOption.FRAGS)
          .context(ContextLayout.XDP_MD, Set.of())
          .action("XdpAction", "PASS", "what happens to the frame")
          .aborts(0)
          .example("@Xdp static XdpAction %s(XdpContext ctx)")),

  /// Runs for each packet at a tcx or clsact hook. Writable are, by `tc_cls_act_is_valid_access`,
  /// mark, queue_mapping, priority, tc_index, cb, tc_classid and tstamp; `TC_ACT_SHOT` aborts.
  TC(
      row("Tc", "a tc", ProgramFamily.TC)
          .kernel(ProgramType.SCHED_CLS, 0, "4.1")
          .sections("tc", "tcx", "classifier")
          .context(ContextLayout.SK_BUFF, Set.of(8, 12, 32, 44, 48, 52, 56, 60, 64, 72, 152))
          .action("TcAction", "OK", "what happens to the packet")
          .aborts(2)
          .example("@Tc static TcAction %s(TcContext ctx)")),

  /// Runs for each packet that leaves by the primary device of a netkit pair.
  NETKIT_PRIMARY(NetworkRows.NETKIT_PRIMARY),

  /// Runs for each packet that leaves by the peer device of a netkit pair.
  NETKIT_PEER(NetworkRows.NETKIT_PEER),

  /// Runs for each packet that a socket is about to receive; how many bytes it keeps.
  SOCKET_FILTER(NetworkRows.SOCKET_FILTER),

  /// Runs for each packet that a cgroup's sockets are about to receive. Writable are, by
  /// `cg_skb_is_valid_access`, mark, priority, cb and tstamp.
  CGROUP_SKB_INGRESS(CgroupRows.CGROUP_SKB_INGRESS),

  /// Runs for each packet that a cgroup's sockets send.
  CGROUP_SKB_EGRESS(CgroupRows.CGROUP_SKB_EGRESS),

  /// Runs when a process of a cgroup makes a socket. Writable is what
  /// `__sock_filter_check_attach_type` lets be written.
  CGROUP_SOCK_CREATE(CgroupRows.CGROUP_SOCK_CREATE),

  /// Runs when a socket of a cgroup is closed.
  CGROUP_SOCK_RELEASE(CgroupRows.CGROUP_SOCK_RELEASE),

  /// Runs when an IPv4 socket of a cgroup has got its address.
  CGROUP_POST_BIND4(CgroupRows.CGROUP_POST_BIND4),

  /// Runs when an IPv6 socket of a cgroup has got its address.
  CGROUP_POST_BIND6(CgroupRows.CGROUP_POST_BIND6),

  /// Runs when an IPv4 socket of a cgroup asks for an address. Writable is what
  /// `sock_addr_is_valid_access` lets be written.
  CGROUP_BIND4(CgroupRows.CGROUP_BIND4),

  /// Runs when an IPv6 socket of a cgroup asks for an address.
  CGROUP_BIND6(CgroupRows.CGROUP_BIND6),

  /// Runs when an IPv4 socket of a cgroup connects.
  CGROUP_CONNECT4(CgroupRows.CGROUP_CONNECT4),

  /// Runs when an IPv6 socket of a cgroup connects.
  CGROUP_CONNECT6(CgroupRows.CGROUP_CONNECT6),

  /// Runs when an unconnected IPv4 socket of a cgroup sends a datagram.
  CGROUP_SENDMSG4(CgroupRows.CGROUP_SENDMSG4),

  /// Runs when an unconnected IPv6 socket of a cgroup sends a datagram.
  CGROUP_SENDMSG6(CgroupRows.CGROUP_SENDMSG6),

  /// Runs when an unconnected IPv4 socket of a cgroup has received a datagram.
  CGROUP_RECVMSG4(CgroupRows.CGROUP_RECVMSG4),

  /// Runs when an unconnected IPv6 socket of a cgroup has received a datagram.
  CGROUP_RECVMSG6(CgroupRows.CGROUP_RECVMSG6),

  /// Runs when a process of a cgroup asks for the address of an IPv4 socket's peer.
  CGROUP_GETPEERNAME4(CgroupRows.CGROUP_GETPEERNAME4),

  /// Runs when a process of a cgroup asks for the address of an IPv6 socket's peer.
  CGROUP_GETPEERNAME6(CgroupRows.CGROUP_GETPEERNAME6),

  /// Runs when a process of a cgroup asks for an IPv4 socket's own address.
  CGROUP_GETSOCKNAME4(CgroupRows.CGROUP_GETSOCKNAME4),

  /// Runs when a process of a cgroup asks for an IPv6 socket's own address.
  CGROUP_GETSOCKNAME6(CgroupRows.CGROUP_GETSOCKNAME6),

  /// Runs when the kernel has answered `getsockopt` of a process of a cgroup; writable is what
  /// `cg_sockopt_is_valid_access` lets be written.
  CGROUP_GETSOCKOPT(CgroupRows.CGROUP_GETSOCKOPT),

  /// Runs when a process of a cgroup calls `setsockopt`.
  CGROUP_SETSOCKOPT(CgroupRows.CGROUP_SETSOCKOPT),

  /// Runs when a process of a cgroup reads or writes a setting.
  CGROUP_SYSCTL(CgroupRows.CGROUP_SYSCTL),

  /// Runs when a process of a cgroup uses a device file.
  CGROUP_DEVICE(CgroupRows.CGROUP_DEVICE),

  /// Runs when the state of a TCP socket of a cgroup changes; writable is what
  /// `sock_ops_is_valid_access` lets be written.
  SOCK_OPS(CgroupRows.SOCK_OPS),

  /// Runs for each frame that a device map sends on, when it stands in the map's entry.
  XDP_DEVMAP(NetworkRows.XDP_DEVMAP),

  /// Runs for each frame on the CPU that a CPU map sent it to.
  XDP_CPUMAP(NetworkRows.XDP_CPUMAP),

  /// Runs when a packet's flow is wanted; writable are the keys.
  FLOW_DISSECTOR(NetworkRows.FLOW_DISSECTOR),

  /// Runs when the socket of a connection or datagram is looked for.
  SK_LOOKUP(NetworkRows.SK_LOOKUP),

  /// Runs when one of several sockets is to get a packet.
  SK_REUSEPORT(NetworkRows.SK_REUSEPORT),

  /// Runs when data is sent on a socket in a map.
  SK_MSG(SocketRows.SK_MSG),

  /// Finds where messages end in what arrives at a socket in a map. Writable are, by
  /// `sk_skb_is_valid_access`, priority and tc_index.
  SK_SKB_STREAM_PARSER(SocketRows.SK_SKB_STREAM_PARSER),

  /// Runs for each message that arrives at a socket in a map.
  SK_SKB_STREAM_VERDICT(SocketRows.SK_SKB_STREAM_VERDICT),

  /// Runs for whatever arrives at a socket in a map.
  SK_SKB_VERDICT(SocketRows.SK_SKB_VERDICT),

  /// Runs for each packet at a netfilter hook.
  NETFILTER(NetworkRows.NETFILTER),

  /// Runs for each packet that arrives by a route. Writable are, by `lwt_is_valid_access`, mark,
  /// priority and cb.
  LWT_IN(NetworkRows.LWT_IN),

  /// Runs for each packet that leaves by a route.
  LWT_OUT(NetworkRows.LWT_OUT),

  /// Runs for each packet that is transmitted by a route.
  LWT_XMIT(NetworkRows.LWT_XMIT),

  /// Runs for each packet with a segment routing header that arrives at a segment's address.
  LWT_SEG6LOCAL(NetworkRows.LWT_SEG6LOCAL),

  /// Runs at a static tracepoint, by perf event.
  TRACEPOINT(ProbeRows.TRACEPOINT),

  /// Runs at a static tracepoint with its raw arguments.
  RAW_TRACEPOINT(ProbeRows.RAW_TRACEPOINT),

  /// Runs at a static tracepoint that lets its first argument be changed.
  RAW_TRACEPOINT_WRITABLE(ProbeRows.RAW_TRACEPOINT_WRITABLE),

  /// Runs at the entry of a kernel function.
  KPROBE(ProbeRows.KPROBE),

  /// Runs when a kernel function returns.
  KRETPROBE(ProbeRows.KRETPROBE),

  /// Runs when a system call is entered.
  KSYSCALL(ProbeRows.KSYSCALL),

  /// Runs when a system call returns.
  KRETSYSCALL(ProbeRows.KRETSYSCALL),

  /// Runs at the entries of many kernel functions.
  KPROBE_MULTI(ProbeRows.KPROBE_MULTI),

  /// Runs when any of many kernel functions returns.
  KRETPROBE_MULTI(ProbeRows.KRETPROBE_MULTI),

  /// Runs at the entries of many kernel functions, and when they return.
  KPROBE_SESSION(ProbeRows.KPROBE_SESSION),

  /// Runs at the entry of a function of a process.
  UPROBE(ProbeRows.UPROBE),

  /// Runs when a function of a process returns.
  URETPROBE(ProbeRows.URETPROBE),

  /// Runs at the entries of many functions of a process.
  UPROBE_MULTI(ProbeRows.UPROBE_MULTI),

  /// Runs when any of many functions of a process returns.
  URETPROBE_MULTI(ProbeRows.URETPROBE_MULTI),

  /// Runs at the entries of many functions of a process, and when they return.
  UPROBE_SESSION(ProbeRows.UPROBE_SESSION),

  /// Runs at a static probe of a process.
  USDT(ProbeRows.USDT),

  /// Runs at samples of a counter of the hardware or the kernel.
  PERF_EVENT(ProbeRows.PERF_EVENT),

  /// Runs at a static tracepoint with arguments of known types.
  BTF_TRACEPOINT(TracingRows.BTF_TRACEPOINT),

  /// Runs for each item of a list of the kernel, and writes what user space reads.
  ITER(TracingRows.ITER),

  /// Runs at the entry of a kernel function, with arguments of known types.
  FENTRY(TracingRows.FENTRY),

  /// Runs when a kernel function returns, with its arguments and its result.
  FEXIT(TracingRows.FEXIT),

  /// Runs before a kernel function, and instead of it if its result is not 0.
  FMOD_RET(TracingRows.FMOD_RET),

  /// Decides at a hook of the kernel's security modules. The kernel takes 0 or a negated error
  /// number (`MAX_ERRNO`); an abort is `EPERM`.
  LSM(TracingRows.LSM),

  /// Decides at a security hook for the processes of a cgroup.
  LSM_CGROUP(TracingRows.LSM_CGROUP),

  /// Runs when the kernel calls a function of a struct that programs implement.
  OPERATION(TracingRows.OPERATION),

  /// Takes the place of a global function of another program, and may do what that one may.
  FREPLACE(TracingRows.FREPLACE),

  /// Runs when user space asks; it may always sleep.
  SYSCALL(
      row("Syscall", "a syscall", ProgramFamily.SYSCALL)
          .kernel(ProgramType.SYSCALL, 0, "5.14")
          .sections("syscall")
          .parameters(new ProgramParameters.Struct())
          .always(ProgramOption.SLEEPABLE)
          .example("@Syscall static int %s(ArgumentsStruct arguments)"));

  private final ProgramRow row;

  ProgramKind(ProgramRow row) {
    this.row = row;
  }

  private static ProgramRow row(String annotation, String phrase, ProgramFamily family) {
    return new ProgramRow(annotation, phrase, family);
  }

  /// The simple name of the annotation.
  public String annotation() {
    return row.annotation;
  }

  /// How a message calls it: `an XDP`, which the word “program” follows.
  public String phrase() {
    return row.phrase;
  }

  /// How it is attached.
  public ProgramFamily family() {
    return row.family;
  }

  /// The kernel's type.
  public ProgramType type() {
    return row.type;
  }

  /// The attach type given at load (`enum bpf_attach_type`), or 0 where the kernel wants none.
  public int expectedAttachType() {
    return row.attachType;
  }

  /// The first kernel that has it.
  public KernelVersion since() {
    return row.since;
  }

  /// The names of sections, or their beginnings before a slash, by libbpf's convention; the first
  /// is the one that we write.
  public List<String> sections() {
    return row.sections;
  }

  /// What the method's parameters are.
  public ProgramParameters parameters() {
    return row.parameters;
  }

  /// What the method returns.
  public ProgramResult result() {
    return row.result;
  }

  /// What a program whose method returns nothing returns.
  public int nothing() {
    return switch (row.result) {
      case ProgramResult.Nothing nothing -> nothing.value();
      case ProgramResult.Number _, ProgramResult.Action _ -> 0;
    };
  }

  /// What an aborted program returns: the safe answer where Java would throw.
  public int abortValue() {
    return row.abortValue;
  }

  /// What the annotation names.
  public ProgramTarget target() {
    return row.target;
  }

  /// What the name of the kernel's BTF type begins with that a program is bound to when it is
  /// loaded, and the target's name follows; nothing for kinds that are not bound.
  public Optional<String> btfPrefix() {
    return row.btfPrefix;
  }

  /// The options that all its programs have.
  public Set<ProgramOption> always() {
    return row.always;
  }

  /// The options that a program may choose.
  public Set<ProgramOption> choices() {
    return row.choices;
  }

  /// A signature that fits, for messages.
  ///
  /// @param method the method's name
  public String example(String method) {
    return row.example.formatted(method);
  }

  /// Whether the kernel can run it for a test (`BPF_PROG_TEST_RUN`).
  public boolean hasTestRun() {
    return switch (row.parameters) {
      case ProgramParameters.Context context -> context.layout().trial() != Trial.NONE;
      case ProgramParameters.Struct _ -> true;
      case ProgramParameters.Fields _,
          ProgramParameters.Registers _,
          ProgramParameters.Probe _,
          ProgramParameters.Buffer _,
          ProgramParameters.Function _,
          ProgramParameters.Arguments _,
          ProgramParameters.Item _ ->
          false;
    };
  }

  /// Whether it hangs on a function of the kernel that knows nothing of it: the verifier knows the
  /// types of what the program gets, and relies on no more.
  public boolean isTraced() {
    return this == FENTRY || this == FEXIT || this == FMOD_RET;
  }

  /// Whether a test runs it over a frame.
  public boolean takesFrames() {
    return row.parameters instanceof ProgramParameters.Context context
        && context.layout().trial() == Trial.FRAME;
  }

  /// The packet of its context, for kinds that see packets.
  public Optional<ContextLayout.Packet> packet() {
    return row.parameters instanceof ProgramParameters.Context context
        ? context.layout().packet()
        : Optional.empty();
  }
}
