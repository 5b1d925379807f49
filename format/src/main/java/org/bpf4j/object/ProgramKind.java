package org.bpf4j.object;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.object.ContextLayout.Trial;
import org.bpf4j.object.ProgramParameters.RegisterUse;

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
  NETKIT_PRIMARY(
      row("NetkitPrimary", "a netkit", ProgramFamily.NETKIT)
          .kernel(ProgramType.SCHED_CLS, 54, "6.7")
          .sections("netkit/primary")
          .context(ContextLayout.SK_BUFF, Set.of(8, 12, 32, 44, 48, 52, 56, 60, 64, 72, 152))
          .action("TcAction", "OK", "what happens to the packet")
          .aborts(2)
          .example("@NetkitPrimary static TcAction %s(TcContext ctx)")),

  /// Runs for each packet that leaves by the peer device of a netkit pair.
  NETKIT_PEER(
      row("NetkitPeer", "a netkit", ProgramFamily.NETKIT)
          .kernel(ProgramType.SCHED_CLS, 55, "6.7")
          .sections("netkit/peer")
          .context(ContextLayout.SK_BUFF, Set.of(8, 12, 32, 44, 48, 52, 56, 60, 64, 72, 152))
          .action("TcAction", "OK", "what happens to the packet")
          .aborts(2)
          .example("@NetkitPeer static TcAction %s(TcContext ctx)")),

  /// Runs for each packet that a socket is about to receive; how many bytes it keeps.
  SOCKET_FILTER(
      row("SocketFilter", "a socket filter", ProgramFamily.SOCKET_FILTER)
          .kernel(ProgramType.SOCKET_FILTER, 0, "3.19")
          .sections("socket")
          .context(ContextLayout.SOCKET_FILTER, Set.of())
          .example("@SocketFilter static int %s(SocketFilterContext ctx)")),

  /// Runs for each packet that a cgroup's sockets are about to receive. Writable are, by
  /// `cg_skb_is_valid_access`, mark, priority, cb and tstamp.
  CGROUP_SKB_INGRESS(
      row("CgroupSkbIngress", "a cgroup ingress", ProgramFamily.CGROUP_SKB)
          .kernel(ProgramType.CGROUP_SKB, 0, "4.10")
          .sections("cgroup_skb/ingress")
          .context(ContextLayout.CGROUP_SKB, Set.of(8, 32, 48, 52, 56, 60, 64, 152))
          .action("CgroupAction", "ALLOW", "whether the packet is received")
          .example("@CgroupSkbIngress static CgroupAction %s(CgroupSkbContext ctx)")),

  /// Runs for each packet that a cgroup's sockets send.
  CGROUP_SKB_EGRESS(
      row("CgroupSkbEgress", "a cgroup egress", ProgramFamily.CGROUP_SKB)
          .kernel(ProgramType.CGROUP_SKB, 1, "4.10")
          .sections("cgroup_skb/egress")
          .context(ContextLayout.CGROUP_SKB, Set.of(8, 32, 48, 52, 56, 60, 64, 152))
          .action("CgroupEgressAction", "ALLOW", "whether the packet is sent")
          .example("@CgroupSkbEgress static CgroupEgressAction %s(CgroupSkbContext ctx)")),

  /// Runs when a process of a cgroup makes a socket. Writable is what
  /// `__sock_filter_check_attach_type` lets be written.
  CGROUP_SOCK_CREATE(
      row("CgroupSockCreate", "a socket creation", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK, 2, "4.10")
          .sections("cgroup/sock_create")
          .context(ContextLayout.CGROUP_SOCK, Set.of(0, 16, 20))
          .action("CgroupAction", "ALLOW", "whether the socket is made")
          .example("@CgroupSockCreate static CgroupAction %s(CgroupSockContext ctx)")),

  /// Runs when a socket of a cgroup is closed.
  CGROUP_SOCK_RELEASE(
      row("CgroupSockRelease", "a socket release", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK, 34, "5.9")
          .sections("cgroup/sock_release")
          .context(ContextLayout.CGROUP_SOCK, Set.of(0, 16, 20))
          .action("CgroupAction", "ALLOW", "nothing")
          .example("@CgroupSockRelease static CgroupAction %s(CgroupSockContext ctx)")),

  /// Runs when an IPv4 socket of a cgroup has got its address.
  CGROUP_POST_BIND4(
      row("CgroupPostBind4", "a post-bind", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK, 12, "4.17")
          .sections("cgroup/post_bind4")
          .context(ContextLayout.BOUND_SOCKET4, Set.of())
          .action("CgroupAction", "ALLOW", "whether the socket keeps it")
          .example("@CgroupPostBind4 static CgroupAction %s(BoundSocket4Context ctx)")),

  /// Runs when an IPv6 socket of a cgroup has got its address.
  CGROUP_POST_BIND6(
      row("CgroupPostBind6", "a post-bind", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK, 13, "4.17")
          .sections("cgroup/post_bind6")
          .context(ContextLayout.BOUND_SOCKET6, Set.of())
          .action("CgroupAction", "ALLOW", "whether the socket keeps it")
          .example("@CgroupPostBind6 static CgroupAction %s(BoundSocket6Context ctx)")),

  /// Runs when an IPv4 socket of a cgroup asks for an address. Writable is what
  /// `sock_addr_is_valid_access` lets be written.
  CGROUP_BIND4(
      row("CgroupBind4", "a bind", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 8, "4.17")
          .sections("cgroup/bind4")
          .context(ContextLayout.SOCKET_ADDRESS4, Set.of(4, 24))
          .action("CgroupBindAction", "ALLOW", "whether the socket gets the address")
          .example("@CgroupBind4 static CgroupBindAction %s(SocketAddress4Context ctx)")),

  /// Runs when an IPv6 socket of a cgroup asks for an address.
  CGROUP_BIND6(
      row("CgroupBind6", "a bind", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 9, "4.17")
          .sections("cgroup/bind6")
          .context(ContextLayout.SOCKET_ADDRESS6, Set.of(8, 12, 16, 20, 24))
          .action("CgroupBindAction", "ALLOW", "whether the socket gets the address")
          .example("@CgroupBind6 static CgroupBindAction %s(SocketAddress6Context ctx)")),

  /// Runs when an IPv4 socket of a cgroup connects.
  CGROUP_CONNECT4(
      row("CgroupConnect4", "a connect", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 10, "4.17")
          .sections("cgroup/connect4")
          .context(ContextLayout.SOCKET_ADDRESS4, Set.of(4, 24))
          .action("CgroupAction", "ALLOW", "whether the socket connects")
          .example("@CgroupConnect4 static CgroupAction %s(SocketAddress4Context ctx)")),

  /// Runs when an IPv6 socket of a cgroup connects.
  CGROUP_CONNECT6(
      row("CgroupConnect6", "a connect", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 11, "4.17")
          .sections("cgroup/connect6")
          .context(ContextLayout.SOCKET_ADDRESS6, Set.of(8, 12, 16, 20, 24))
          .action("CgroupAction", "ALLOW", "whether the socket connects")
          .example("@CgroupConnect6 static CgroupAction %s(SocketAddress6Context ctx)")),

  /// Runs when an unconnected IPv4 socket of a cgroup sends a datagram.
  CGROUP_SENDMSG4(
      row("CgroupSendmsg4", "a sendmsg", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 14, "4.18")
          .sections("cgroup/sendmsg4")
          .context(ContextLayout.SENDMSG4, Set.of(4, 24, 40))
          .action("CgroupAction", "ALLOW", "whether the datagram is sent")
          .example("@CgroupSendmsg4 static CgroupAction %s(Sendmsg4Context ctx)")),

  /// Runs when an unconnected IPv6 socket of a cgroup sends a datagram.
  CGROUP_SENDMSG6(
      row("CgroupSendmsg6", "a sendmsg", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 15, "4.18")
          .sections("cgroup/sendmsg6")
          .context(ContextLayout.SENDMSG6, Set.of(8, 12, 16, 20, 24, 44, 48, 52, 56))
          .action("CgroupAction", "ALLOW", "whether the datagram is sent")
          .example("@CgroupSendmsg6 static CgroupAction %s(Sendmsg6Context ctx)")),

  /// Runs when an unconnected IPv4 socket of a cgroup has received a datagram.
  CGROUP_RECVMSG4(
      row("CgroupRecvmsg4", "a recvmsg", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 19, "5.2")
          .sections("cgroup/recvmsg4")
          .context(ContextLayout.SOCKET_ADDRESS4, Set.of(4, 24))
          .returns(1)
          .example("@CgroupRecvmsg4 static void %s(SocketAddress4Context ctx)")),

  /// Runs when an unconnected IPv6 socket of a cgroup has received a datagram.
  CGROUP_RECVMSG6(
      row("CgroupRecvmsg6", "a recvmsg", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 20, "5.2")
          .sections("cgroup/recvmsg6")
          .context(ContextLayout.SOCKET_ADDRESS6, Set.of(8, 12, 16, 20, 24))
          .returns(1)
          .example("@CgroupRecvmsg6 static void %s(SocketAddress6Context ctx)")),

  /// Runs when a process of a cgroup asks for the address of an IPv4 socket's peer.
  CGROUP_GETPEERNAME4(
      row("CgroupGetpeername4", "a getpeername", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 29, "5.8")
          .sections("cgroup/getpeername4")
          .context(ContextLayout.SOCKET_ADDRESS4, Set.of(4, 24))
          .returns(1)
          .example("@CgroupGetpeername4 static void %s(SocketAddress4Context ctx)")),

  /// Runs when a process of a cgroup asks for the address of an IPv6 socket's peer.
  CGROUP_GETPEERNAME6(
      row("CgroupGetpeername6", "a getpeername", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 30, "5.8")
          .sections("cgroup/getpeername6")
          .context(ContextLayout.SOCKET_ADDRESS6, Set.of(8, 12, 16, 20, 24))
          .returns(1)
          .example("@CgroupGetpeername6 static void %s(SocketAddress6Context ctx)")),

  /// Runs when a process of a cgroup asks for an IPv4 socket's own address.
  CGROUP_GETSOCKNAME4(
      row("CgroupGetsockname4", "a getsockname", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 31, "5.8")
          .sections("cgroup/getsockname4")
          .context(ContextLayout.SOCKET_ADDRESS4, Set.of(4, 24))
          .returns(1)
          .example("@CgroupGetsockname4 static void %s(SocketAddress4Context ctx)")),

  /// Runs when a process of a cgroup asks for an IPv6 socket's own address.
  CGROUP_GETSOCKNAME6(
      row("CgroupGetsockname6", "a getsockname", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 32, "5.8")
          .sections("cgroup/getsockname6")
          .context(ContextLayout.SOCKET_ADDRESS6, Set.of(8, 12, 16, 20, 24))
          .returns(1)
          .example("@CgroupGetsockname6 static void %s(SocketAddress6Context ctx)")),

  /// Runs when the kernel has answered `getsockopt` of a process of a cgroup; writable is what
  /// `cg_sockopt_is_valid_access` lets be written.
  CGROUP_GETSOCKOPT(
      row("CgroupGetsockopt", "a getsockopt", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCKOPT, 21, "5.3")
          .sections("cgroup/getsockopt")
          .context(ContextLayout.GETSOCKOPT, Set.of(32, 36))
          .action("CgroupAction", "ALLOW", "whether the process gets the answer")
          .example("@CgroupGetsockopt static CgroupAction %s(GetsockoptContext ctx)")),

  /// Runs when a process of a cgroup calls `setsockopt`.
  CGROUP_SETSOCKOPT(
      row("CgroupSetsockopt", "a setsockopt", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCKOPT, 22, "5.3")
          .sections("cgroup/setsockopt")
          .context(ContextLayout.SETSOCKOPT, Set.of(24, 28, 32))
          .action("CgroupAction", "ALLOW", "whether the option is set")
          .example("@CgroupSetsockopt static CgroupAction %s(SetsockoptContext ctx)")),

  /// Runs when a process of a cgroup reads or writes a setting.
  CGROUP_SYSCTL(
      row("CgroupSysctl", "a sysctl", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SYSCTL, 18, "5.2")
          .sections("cgroup/sysctl")
          .context(ContextLayout.SYSCTL, Set.of(4))
          .action("CgroupAction", "ALLOW", "whether the process may")
          .example("@CgroupSysctl static CgroupAction %s(SysctlContext ctx)")),

  /// Runs when a process of a cgroup uses a device file.
  CGROUP_DEVICE(
      row("CgroupDevice", "a device", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_DEVICE, 6, "4.15")
          .sections("cgroup/dev")
          .context(ContextLayout.DEVICE, Set.of())
          .action("CgroupAction", "ALLOW", "whether the process may")
          .example("@CgroupDevice static CgroupAction %s(DeviceContext ctx)")),

  /// Runs when the state of a TCP socket of a cgroup changes; writable is what
  /// `sock_ops_is_valid_access` lets be written.
  SOCK_OPS(
      row("SockOps", "a socket operations", ProgramFamily.CGROUP)
          .kernel(ProgramType.SOCK_OPS, 3, "4.13")
          .sections("sockops")
          .context(ContextLayout.SOCK_OPS, Set.of(4, 8, 12, 16, 164))
          .returns(1)
          .example("@SockOps static void %s(SockOpsContext ctx)")),

  /// Runs for each frame that a device map sends on, when it stands in the map's entry.
  XDP_DEVMAP(
      row("XdpDevmap", "a device map", ProgramFamily.XDP_MAP)
          .kernel(ProgramType.XDP, 33, "5.8")
          .sections("xdp/devmap")
          .choices(ProgramOption.FRAGS)
          .context(ContextLayout.XDP_DEVMAP, Set.of())
          .action("XdpAction", "PASS", "what happens to the frame")
          .aborts(0)
          .example("@XdpDevmap static XdpAction %s(XdpDevmapContext ctx)")),

  /// Runs for each frame on the CPU that a CPU map sent it to.
  XDP_CPUMAP(
      row("XdpCpumap", "a CPU map", ProgramFamily.XDP_MAP)
          .kernel(ProgramType.XDP, 35, "5.9")
          .sections("xdp/cpumap")
          .choices(ProgramOption.FRAGS)
          .context(ContextLayout.XDP_CPUMAP, Set.of())
          .action("XdpAction", "PASS", "what happens to the frame")
          .aborts(0)
          .example("@XdpCpumap static XdpAction %s(XdpContext ctx)")),

  /// Runs when a packet's flow is wanted; writable are the keys.
  FLOW_DISSECTOR(
      row("FlowDissector", "a flow dissector", ProgramFamily.FLOW_DISSECTOR)
          .kernel(ProgramType.FLOW_DISSECTOR, 17, "4.20")
          .sections("flow_dissector")
          .context(
              ContextLayout.FLOW_DISSECTOR, Set.of(0, 2, 4, 6, 7, 8, 9, 10, 12, 14, 16, 20, 52))
          .action("FlowAction", "OK", "whether the flow was found")
          .aborts(2)
          .example("@FlowDissector static FlowAction %s(FlowDissectorContext ctx)")),

  /// Runs when the socket of a connection or datagram is looked for.
  SK_LOOKUP(
      row("SkLookup", "a socket lookup", ProgramFamily.SK_LOOKUP)
          .kernel(ProgramType.SK_LOOKUP, 36, "5.9")
          .sections("sk_lookup")
          .context(ContextLayout.SK_LOOKUP, Set.of())
          .action("SocketAction", "PASS", "whether the search goes on")
          .example("@SkLookup static SocketAction %s(SkLookupContext ctx)")),

  /// Runs when one of several sockets is to get a packet.
  SK_REUSEPORT(
      row("SkReuseport", "a port reuse", ProgramFamily.SK_REUSEPORT)
          .kernel(ProgramType.SK_REUSEPORT, 39, "4.19")
          .sections("sk_reuseport")
          .context(ContextLayout.SK_REUSEPORT, Set.of())
          .action("SocketAction", "PASS", "whether a socket gets the packet")
          .example("@SkReuseport static SocketAction %s(SkReuseportContext ctx)")),

  /// Runs for each packet at a netfilter hook.
  NETFILTER(
      row("Netfilter", "a netfilter", ProgramFamily.NETFILTER)
          .kernel(ProgramType.NETFILTER, 45, "6.4")
          .sections("netfilter")
          .context(ContextLayout.NETFILTER, Set.of())
          .action("NetfilterAction", "ACCEPT", "what happens to the packet")
          .example("@Netfilter static NetfilterAction %s(NetfilterContext ctx)")),

  /// Runs for each packet that arrives by a route. Writable are, by `lwt_is_valid_access`, mark,
  /// priority and cb.
  LWT_IN(
      row("LwtIn", "a route", ProgramFamily.LWT)
          .kernel(ProgramType.LWT_IN, 0, "4.10")
          .sections("lwt_in")
          .context(ContextLayout.LWT, Set.of(8, 32, 48, 52, 56, 60, 64))
          .action("LwtAction", "OK", "what happens to the packet")
          .aborts(2)
          .example("@LwtIn static LwtAction %s(LwtContext ctx)")),

  /// Runs for each packet that leaves by a route.
  LWT_OUT(
      row("LwtOut", "a route", ProgramFamily.LWT)
          .kernel(ProgramType.LWT_OUT, 0, "4.10")
          .sections("lwt_out")
          .context(ContextLayout.LWT, Set.of(8, 32, 48, 52, 56, 60, 64))
          .action("LwtAction", "OK", "what happens to the packet")
          .aborts(2)
          .example("@LwtOut static LwtAction %s(LwtContext ctx)")),

  /// Runs for each packet that is transmitted by a route.
  LWT_XMIT(
      row("LwtXmit", "a route", ProgramFamily.LWT)
          .kernel(ProgramType.LWT_XMIT, 0, "4.10")
          .sections("lwt_xmit")
          .context(ContextLayout.LWT_XMIT, Set.of(8, 32, 48, 52, 56, 60, 64))
          .action("LwtAction", "OK", "what happens to the packet")
          .aborts(2)
          .example("@LwtXmit static LwtAction %s(LwtXmitContext ctx)")),

  /// Runs at a static tracepoint, by perf event.
  TRACEPOINT(
      row("Tracepoint", "a tracepoint", ProgramFamily.TRACEPOINT)
          .kernel(ProgramType.TRACEPOINT, 0, "4.7")
          .sections("tracepoint", "tp")
          .parameters(new ProgramParameters.Fields())
          .target(ProgramTarget.EVENT)
          .example("@Tracepoint(\"syscalls/sys_enter_execve\") static void %s(ArgsView args)")),

  /// Runs at a static tracepoint with its raw arguments.
  RAW_TRACEPOINT(
      row("RawTracepoint", "a raw tracepoint", ProgramFamily.RAW_TRACEPOINT)
          .kernel(ProgramType.RAW_TRACEPOINT, 0, "4.17")
          .sections("raw_tracepoint", "raw_tp")
          .context(ContextLayout.RAW_TRACEPOINT_ARGS, Set.of())
          .target(ProgramTarget.NAME)
          .example("@RawTracepoint(\"…\") static void %s(RawTracepointContext ctx)")),

  /// Runs at the entry of a kernel function.
  KPROBE(
      row("Kprobe", "a kprobe", ProgramFamily.KPROBE)
          .kernel(ProgramType.KPROBE, 0, "4.1")
          .sections("kprobe")
          .parameters(new ProgramParameters.Registers(RegisterUse.ARGUMENTS))
          .target(ProgramTarget.NAME)
          .example("@Kprobe(\"…\") static void %s(int first, KernelView second)")),

  /// Runs when a kernel function returns.
  KRETPROBE(
      row("Kretprobe", "a kretprobe", ProgramFamily.KPROBE)
          .kernel(ProgramType.KPROBE, 0, "4.1")
          .sections("kretprobe")
          .parameters(new ProgramParameters.Registers(RegisterUse.RESULT))
          .target(ProgramTarget.NAME)
          .example("@Kretprobe(\"…\") static void %s(int result)")),

  /// Runs when a system call is entered.
  KSYSCALL(
      row("Ksyscall", "a ksyscall", ProgramFamily.KPROBE)
          .kernel(ProgramType.KPROBE, 0, "4.17")
          .sections("ksyscall")
          .parameters(new ProgramParameters.Registers(RegisterUse.SYSTEM_CALL))
          .target(ProgramTarget.NAME)
          .example("@Ksyscall(\"openat\") static void %s(int directory, long path)")),

  /// Runs when a system call returns.
  KRETSYSCALL(
      row("Kretsyscall", "a kretsyscall", ProgramFamily.KPROBE)
          .kernel(ProgramType.KPROBE, 0, "4.17")
          .sections("kretsyscall")
          .parameters(new ProgramParameters.Registers(RegisterUse.RESULT))
          .target(ProgramTarget.NAME)
          .example("@Kretsyscall(\"openat\") static void %s(int result)")),

  /// Runs at the entries of many kernel functions.
  KPROBE_MULTI(
      row("KprobeMulti", "a kprobe", ProgramFamily.KPROBE_MULTI)
          .kernel(ProgramType.KPROBE, 42, "5.18")
          .sections("kprobe.multi")
          .parameters(new ProgramParameters.Registers(RegisterUse.ARGUMENTS))
          .target(ProgramTarget.PATTERN)
          .example("@KprobeMulti(\"tcp_v?_connect\") static void %s(KernelView first)")),

  /// Runs when any of many kernel functions returns.
  KRETPROBE_MULTI(
      row("KretprobeMulti", "a kretprobe", ProgramFamily.KPROBE_MULTI)
          .kernel(ProgramType.KPROBE, 42, "5.18")
          .sections("kretprobe.multi")
          .parameters(new ProgramParameters.Registers(RegisterUse.RESULT))
          .target(ProgramTarget.PATTERN)
          .example("@KretprobeMulti(\"tcp_v?_connect\") static void %s(int result)")),

  /// Runs at the entry of a function of a process.
  UPROBE(
      row("Uprobe", "a uprobe", ProgramFamily.UPROBE)
          .kernel(ProgramType.KPROBE, 0, "4.1")
          .sections("uprobe")
          .parameters(new ProgramParameters.Registers(RegisterUse.ARGUMENTS))
          .target(ProgramTarget.BINARY)
          .choices(ProgramOption.SLEEPABLE)
          .example(
              "@Uprobe(binary = \"libc.so.6\", function = \"malloc\") static void %s(long size)")),

  /// Runs when a function of a process returns.
  URETPROBE(
      row("Uretprobe", "a uretprobe", ProgramFamily.UPROBE)
          .kernel(ProgramType.KPROBE, 0, "4.1")
          .sections("uretprobe")
          .parameters(new ProgramParameters.Registers(RegisterUse.RESULT))
          .target(ProgramTarget.BINARY)
          .choices(ProgramOption.SLEEPABLE)
          .example(
              "@Uretprobe(binary = \"libc.so.6\", function = \"malloc\") static void %s(long result)")),

  /// Runs at the entries of many functions of a process.
  UPROBE_MULTI(
      row("UprobeMulti", "a uprobe", ProgramFamily.UPROBE_MULTI)
          .kernel(ProgramType.KPROBE, 48, "6.6")
          .sections("uprobe.multi")
          .parameters(new ProgramParameters.Registers(RegisterUse.ARGUMENTS))
          .target(ProgramTarget.BINARY)
          .choices(ProgramOption.SLEEPABLE)
          .example(
              "@UprobeMulti(binary = \"libc.so.6\", functions = \"str*\") static void %s(long first)")),

  /// Runs when any of many functions of a process returns.
  URETPROBE_MULTI(
      row("UretprobeMulti", "a uretprobe", ProgramFamily.UPROBE_MULTI)
          .kernel(ProgramType.KPROBE, 48, "6.6")
          .sections("uretprobe.multi")
          .parameters(new ProgramParameters.Registers(RegisterUse.RESULT))
          .target(ProgramTarget.BINARY)
          .choices(ProgramOption.SLEEPABLE)
          .example(
              "@UretprobeMulti(binary = \"libc.so.6\", functions = \"str*\") static void %s(long result)")),

  /// Runs at samples of a counter of the hardware or the kernel.
  PERF_EVENT(
      row("PerfEvent", "a perf event", ProgramFamily.PERF_EVENT)
          .kernel(ProgramType.PERF_EVENT, 0, "4.9")
          .sections("perf_event")
          .parameters(new ProgramParameters.Fields())
          .example("@PerfEvent static void %s(PerfEventSample sample)")),

  /// Runs at a static tracepoint with arguments of known types.
  BTF_TRACEPOINT(
      row("BtfTracepoint", "a typed tracepoint", ProgramFamily.TRACING)
          .kernel(ProgramType.TRACING, 23, "5.5")
          .sections("tp_btf")
          .boundTo("btf_trace_")
          .parameters(new ProgramParameters.Arguments(false))
          .target(ProgramTarget.NAME)
          .example("@BtfTracepoint(\"sched_switch\") static void %s(boolean preempt)")),

  /// Runs for each item of a list of the kernel, and writes what user space reads.
  ITER(
      row("Iter", "an iterator", ProgramFamily.ITER)
          .kernel(ProgramType.TRACING, 28, "5.8")
          .sections("iter")
          .boundTo("bpf_iter_")
          .parameters(new ProgramParameters.Item())
          .returns(0)
          .target(ProgramTarget.NAME)
          .choices(ProgramOption.SLEEPABLE)
          .example("@Iter(\"task\") static void %s(IterContext out, TaskView task)")),

  /// Runs at the entry of a kernel function, with arguments of known types.
  FENTRY(
      row("Fentry", "an fentry", ProgramFamily.TRACING)
          .kernel(ProgramType.TRACING, 24, "5.5")
          .sections("fentry")
          .boundTo("")
          .parameters(new ProgramParameters.Arguments(false))
          .returns(0)
          .target(ProgramTarget.NAME)
          .choices(ProgramOption.SLEEPABLE)
          .example("@Fentry(\"…\") static void %s(int first, KernelView second)")),

  /// Runs when a kernel function returns, with its arguments and its result.
  FEXIT(
      row("Fexit", "an fexit", ProgramFamily.TRACING)
          .kernel(ProgramType.TRACING, 25, "5.5")
          .sections("fexit")
          .boundTo("")
          .parameters(new ProgramParameters.Arguments(true))
          .returns(0)
          .target(ProgramTarget.NAME)
          .choices(ProgramOption.SLEEPABLE)
          .example("@Fexit(\"…\") static void %s(int first, KernelView second, int result)")),

  /// Runs before a kernel function, and instead of it if its result is not 0.
  FMOD_RET(
      row("FmodRet", "an fmod_ret", ProgramFamily.TRACING)
          .kernel(ProgramType.TRACING, 26, "5.7")
          .sections("fmod_ret")
          .boundTo("")
          .parameters(new ProgramParameters.Arguments(true))
          .target(ProgramTarget.NAME)
          .choices(ProgramOption.SLEEPABLE)
          .example("@FmodRet(\"…\") static int %s(int first, int result)")),

  /// Decides at a hook of the kernel's security modules. The kernel takes 0 or a negated error
  /// number (`MAX_ERRNO`); an abort is `EPERM`.
  LSM(
      row("Lsm", "an LSM", ProgramFamily.TRACING)
          .kernel(ProgramType.LSM, 27, "5.7")
          .sections("lsm")
          .boundTo("bpf_lsm_")
          .parameters(new ProgramParameters.Arguments(false))
          .result(new ProgramResult.Number(-4095, 0))
          .aborts(-1)
          .target(ProgramTarget.NAME)
          .choices(ProgramOption.SLEEPABLE)
          .example("@Lsm(\"file_open\") static int %s(FileView file)")),

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
          ProgramParameters.Arguments _,
          ProgramParameters.Item _ ->
          false;
    };
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
