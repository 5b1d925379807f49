package org.bpf4j.object;

import java.util.Set;

/// The rows of [ProgramKind] for programs at cgroups: their name says which.
final class CgroupRows {

  private CgroupRows() {}

  static final ProgramRow CGROUP_SKB_INGRESS =
      new ProgramRow("CgroupSkbIngress", "a cgroup ingress", ProgramFamily.CGROUP_SKB)
          .kernel(ProgramType.CGROUP_SKB, 0, "4.10")
          .sections("cgroup_skb/ingress")
          .context(ContextLayout.CGROUP_SKB, Set.of(8, 32, 48, 52, 56, 60, 64, 152))
          .action("CgroupAction", "ALLOW", "whether the packet is received")
          .example("@CgroupSkbIngress static CgroupAction %s(CgroupSkbContext ctx)");

  static final ProgramRow CGROUP_SKB_EGRESS =
      new ProgramRow("CgroupSkbEgress", "a cgroup egress", ProgramFamily.CGROUP_SKB)
          .kernel(ProgramType.CGROUP_SKB, 1, "4.10")
          .sections("cgroup_skb/egress")
          .context(ContextLayout.CGROUP_SKB, Set.of(8, 32, 48, 52, 56, 60, 64, 152))
          .action("CgroupEgressAction", "ALLOW", "whether the packet is sent")
          .example("@CgroupSkbEgress static CgroupEgressAction %s(CgroupSkbContext ctx)");

  static final ProgramRow CGROUP_SOCK_CREATE =
      new ProgramRow("CgroupSockCreate", "a socket creation", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK, 2, "4.10")
          .sections("cgroup/sock_create", "cgroup/sock")
          .context(ContextLayout.CGROUP_SOCK, Set.of(0, 16, 20))
          .action("CgroupAction", "ALLOW", "whether the socket is made")
          .example("@CgroupSockCreate static CgroupAction %s(CgroupSockContext ctx)");

  static final ProgramRow CGROUP_SOCK_RELEASE =
      new ProgramRow("CgroupSockRelease", "a socket release", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK, 34, "5.9")
          .sections("cgroup/sock_release")
          .context(ContextLayout.CGROUP_SOCK, Set.of(0, 16, 20))
          .action("CgroupAction", "ALLOW", "nothing")
          .example("@CgroupSockRelease static CgroupAction %s(CgroupSockContext ctx)");

  static final ProgramRow CGROUP_POST_BIND4 =
      new ProgramRow("CgroupPostBind4", "a post-bind", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK, 12, "4.17")
          .sections("cgroup/post_bind4")
          .context(ContextLayout.BOUND_SOCKET4, Set.of())
          .action("CgroupAction", "ALLOW", "whether the socket keeps it")
          .example("@CgroupPostBind4 static CgroupAction %s(BoundSocket4Context ctx)");

  static final ProgramRow CGROUP_POST_BIND6 =
      new ProgramRow("CgroupPostBind6", "a post-bind", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK, 13, "4.17")
          .sections("cgroup/post_bind6")
          .context(ContextLayout.BOUND_SOCKET6, Set.of())
          .action("CgroupAction", "ALLOW", "whether the socket keeps it")
          .example("@CgroupPostBind6 static CgroupAction %s(BoundSocket6Context ctx)");

  static final ProgramRow CGROUP_BIND4 =
      new ProgramRow("CgroupBind4", "a bind", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 8, "4.17")
          .sections("cgroup/bind4")
          .context(ContextLayout.SOCKET_ADDRESS4, Set.of(4, 24))
          .action("CgroupBindAction", "ALLOW", "whether the socket gets the address", 3, "5.12")
          .example("@CgroupBind4 static CgroupBindAction %s(SocketAddress4Context ctx)");

  static final ProgramRow CGROUP_BIND6 =
      new ProgramRow("CgroupBind6", "a bind", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 9, "4.17")
          .sections("cgroup/bind6")
          .context(ContextLayout.SOCKET_ADDRESS6, Set.of(8, 12, 16, 20, 24))
          .action("CgroupBindAction", "ALLOW", "whether the socket gets the address", 3, "5.12")
          .example("@CgroupBind6 static CgroupBindAction %s(SocketAddress6Context ctx)");

  static final ProgramRow CGROUP_CONNECT4 =
      new ProgramRow("CgroupConnect4", "a connect", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 10, "4.17")
          .sections("cgroup/connect4")
          .context(ContextLayout.SOCKET_ADDRESS4, Set.of(4, 24))
          .action("CgroupAction", "ALLOW", "whether the socket connects")
          .example("@CgroupConnect4 static CgroupAction %s(SocketAddress4Context ctx)");

  static final ProgramRow CGROUP_CONNECT6 =
      new ProgramRow("CgroupConnect6", "a connect", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 11, "4.17")
          .sections("cgroup/connect6")
          .context(ContextLayout.SOCKET_ADDRESS6, Set.of(8, 12, 16, 20, 24))
          .action("CgroupAction", "ALLOW", "whether the socket connects")
          .example("@CgroupConnect6 static CgroupAction %s(SocketAddress6Context ctx)");

  static final ProgramRow CGROUP_SENDMSG4 =
      new ProgramRow("CgroupSendmsg4", "a sendmsg", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 14, "4.18")
          .sections("cgroup/sendmsg4")
          .context(ContextLayout.SENDMSG4, Set.of(4, 24, 40))
          .action("CgroupAction", "ALLOW", "whether the datagram is sent")
          .example("@CgroupSendmsg4 static CgroupAction %s(Sendmsg4Context ctx)");

  static final ProgramRow CGROUP_SENDMSG6 =
      new ProgramRow("CgroupSendmsg6", "a sendmsg", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 15, "4.18")
          .sections("cgroup/sendmsg6")
          .context(ContextLayout.SENDMSG6, Set.of(8, 12, 16, 20, 24, 44, 48, 52, 56))
          .action("CgroupAction", "ALLOW", "whether the datagram is sent")
          .example("@CgroupSendmsg6 static CgroupAction %s(Sendmsg6Context ctx)");

  static final ProgramRow CGROUP_RECVMSG4 =
      new ProgramRow("CgroupRecvmsg4", "a recvmsg", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 19, "5.2")
          .sections("cgroup/recvmsg4")
          .context(ContextLayout.SOCKET_ADDRESS4, Set.of(4, 24))
          .returns(1)
          .example("@CgroupRecvmsg4 static void %s(SocketAddress4Context ctx)");

  static final ProgramRow CGROUP_RECVMSG6 =
      new ProgramRow("CgroupRecvmsg6", "a recvmsg", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 20, "5.2")
          .sections("cgroup/recvmsg6")
          .context(ContextLayout.SOCKET_ADDRESS6, Set.of(8, 12, 16, 20, 24))
          .returns(1)
          .example("@CgroupRecvmsg6 static void %s(SocketAddress6Context ctx)");

  static final ProgramRow CGROUP_GETPEERNAME4 =
      new ProgramRow("CgroupGetpeername4", "a getpeername", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 29, "5.8")
          .sections("cgroup/getpeername4")
          .context(ContextLayout.SOCKET_ADDRESS4, Set.of(4, 24))
          .returns(1)
          .example("@CgroupGetpeername4 static void %s(SocketAddress4Context ctx)");

  static final ProgramRow CGROUP_GETPEERNAME6 =
      new ProgramRow("CgroupGetpeername6", "a getpeername", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 30, "5.8")
          .sections("cgroup/getpeername6")
          .context(ContextLayout.SOCKET_ADDRESS6, Set.of(8, 12, 16, 20, 24))
          .returns(1)
          .example("@CgroupGetpeername6 static void %s(SocketAddress6Context ctx)");

  static final ProgramRow CGROUP_GETSOCKNAME4 =
      new ProgramRow("CgroupGetsockname4", "a getsockname", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 31, "5.8")
          .sections("cgroup/getsockname4")
          .context(ContextLayout.SOCKET_ADDRESS4, Set.of(4, 24))
          .returns(1)
          .example("@CgroupGetsockname4 static void %s(SocketAddress4Context ctx)");

  static final ProgramRow CGROUP_GETSOCKNAME6 =
      new ProgramRow("CgroupGetsockname6", "a getsockname", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCK_ADDR, 32, "5.8")
          .sections("cgroup/getsockname6")
          .context(ContextLayout.SOCKET_ADDRESS6, Set.of(8, 12, 16, 20, 24))
          .returns(1)
          .example("@CgroupGetsockname6 static void %s(SocketAddress6Context ctx)");

  static final ProgramRow CGROUP_GETSOCKOPT =
      new ProgramRow("CgroupGetsockopt", "a getsockopt", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCKOPT, 21, "5.3")
          .sections("cgroup/getsockopt")
          .context(ContextLayout.GETSOCKOPT, Set.of(32, 36))
          .action("CgroupAction", "ALLOW", "whether the process gets the answer")
          .example("@CgroupGetsockopt static CgroupAction %s(GetsockoptContext ctx)");

  static final ProgramRow CGROUP_SETSOCKOPT =
      new ProgramRow("CgroupSetsockopt", "a setsockopt", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SOCKOPT, 22, "5.3")
          .sections("cgroup/setsockopt")
          .context(ContextLayout.SETSOCKOPT, Set.of(24, 28, 32))
          .action("CgroupAction", "ALLOW", "whether the option is set")
          .example("@CgroupSetsockopt static CgroupAction %s(SetsockoptContext ctx)");

  static final ProgramRow CGROUP_SYSCTL =
      new ProgramRow("CgroupSysctl", "a sysctl", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_SYSCTL, 18, "5.2")
          .sections("cgroup/sysctl")
          .context(ContextLayout.SYSCTL, Set.of(4))
          .action("CgroupAction", "ALLOW", "whether the process may")
          .example("@CgroupSysctl static CgroupAction %s(SysctlContext ctx)");

  static final ProgramRow CGROUP_DEVICE =
      new ProgramRow("CgroupDevice", "a device", ProgramFamily.CGROUP)
          .kernel(ProgramType.CGROUP_DEVICE, 6, "4.15")
          .sections("cgroup/dev")
          .context(ContextLayout.DEVICE, Set.of())
          .action("CgroupAction", "ALLOW", "whether the process may")
          .example("@CgroupDevice static CgroupAction %s(DeviceContext ctx)");

  static final ProgramRow SOCK_OPS =
      new ProgramRow("SockOps", "a socket operations", ProgramFamily.CGROUP)
          .kernel(ProgramType.SOCK_OPS, 3, "4.13")
          .sections("sockops")
          .context(ContextLayout.SOCK_OPS, Set.of(4, 8, 12, 16, 164))
          .returns(1)
          .example("@SockOps static void %s(SockOpsContext ctx)");
}
