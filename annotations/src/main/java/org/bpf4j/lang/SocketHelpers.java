package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// Helpers about sockets and cgroups; programs call them as methods of [Helpers].
public abstract sealed class SocketHelpers permits PacketHelpers {

  SocketHelpers() {}

  /// The number that the kernel gives the socket, or 0.
  public static long getSocketCookie(Context ctx) {
    return Host.current().call("getSocketCookie", ctx);
  }

  /// The user who owns the packet's socket.
  public static int getSocketUid(Context ctx) {
    return (int) Host.current().call("getSocketUid", ctx);
  }

  /// The number that the kernel gives the network namespace.
  public static long getNetnsCookie(Context ctx) {
    return Host.current().call("getNetnsCookie", ctx);
  }

  /// Finds a TCP socket by its IPv4 addresses; it must be given to [#skRelease] on every path.
  ///
  /// @param netns the number of the network namespace, or -1 for the program's own
  /// @param flags 0
  public static @Nullable BpfSock skLookupTcp(
      Context ctx, SockTuple4 tuple, long netns, long flags) {
    return Host.current().find("skLookupTcp", BpfSock.class, ctx, tuple, netns, flags);
  }

  /// Finds a TCP socket by its IPv6 addresses; it must be given to [#skRelease] on every path.
  ///
  /// @param netns the number of the network namespace, or -1 for the program's own
  /// @param flags 0
  public static @Nullable BpfSock skLookupTcp(
      Context ctx, SockTuple6 tuple, long netns, long flags) {
    return Host.current().find("skLookupTcp", BpfSock.class, ctx, tuple, netns, flags);
  }

  /// Finds a UDP socket by its IPv4 addresses; it must be given to [#skRelease] on every path.
  ///
  /// @param netns the number of the network namespace, or -1 for the program's own
  /// @param flags 0
  public static @Nullable BpfSock skLookupUdp(
      Context ctx, SockTuple4 tuple, long netns, long flags) {
    return Host.current().find("skLookupUdp", BpfSock.class, ctx, tuple, netns, flags);
  }

  /// Finds a UDP socket by its IPv6 addresses; it must be given to [#skRelease] on every path.
  ///
  /// @param netns the number of the network namespace, or -1 for the program's own
  /// @param flags 0
  public static @Nullable BpfSock skLookupUdp(
      Context ctx, SockTuple6 tuple, long netns, long flags) {
    return Host.current().find("skLookupUdp", BpfSock.class, ctx, tuple, netns, flags);
  }

  /// Like [#skLookupTcp], but also finds sockets that are being set up or closed.
  ///
  /// @param netns the number of the network namespace, or -1 for the program's own
  /// @param flags 0
  public static @Nullable BpfSock skcLookupTcp(
      Context ctx, SockTuple4 tuple, long netns, long flags) {
    return Host.current().find("skcLookupTcp", BpfSock.class, ctx, tuple, netns, flags);
  }

  /// Like [#skLookupTcp], but also finds sockets that are being set up or closed.
  ///
  /// @param netns the number of the network namespace, or -1 for the program's own
  /// @param flags 0
  public static @Nullable BpfSock skcLookupTcp(
      Context ctx, SockTuple6 tuple, long netns, long flags) {
    return Host.current().find("skcLookupTcp", BpfSock.class, ctx, tuple, netns, flags);
  }

  /// Gives back a socket that was looked up.
  public static void skRelease(BpfSock socket) {
    Host.current().call("skRelease", socket);
  }

  /// The socket with all its fields, or null if it is being set up or closed.
  public static @Nullable BpfSock skFullsock(BpfSock socket) {
    return Host.current().find("skFullsock", BpfSock.class, socket);
  }

  /// The socket's TCP state, or null if it has none.
  public static @Nullable BpfTcpSock tcpSock(BpfSock socket) {
    return Host.current().find("tcpSock", BpfTcpSock.class, socket);
  }

  /// The listening socket that a socket came from, or null.
  public static @Nullable BpfSock getListenerSock(BpfSock socket) {
    return Host.current().find("getListenerSock", BpfSock.class, socket);
  }

  /// Gives the packet to a socket.
  ///
  /// @param flags 0
  /// @return 0, or a negative error number
  public static int skAssign(Context ctx, BpfSock socket, long flags) {
    return (int) Host.current().call("skAssign", ctx, socket, flags);
  }

  /// The number of the socket's cgroup, or 0.
  public static long skCgroupId(BpfSock socket) {
    return Host.current().call("skCgroupId", socket);
  }

  /// The number of an ancestor of that cgroup, or 0.
  ///
  /// @param level 0 for the root
  public static long skAncestorCgroupId(BpfSock socket, int level) {
    return Host.current().call("skAncestorCgroupId", socket, level);
  }

  /// Whether the packet answers a SYN cookie of a listening socket.
  ///
  /// @param ip a view or struct of the network header
  /// @param tcp a view or struct of the TCP header
  /// @return 0 if it does, or a negative error number
  public static int tcpCheckSyncookie(BpfSock socket, Object ip, Object tcp) {
    return (int) Host.current().call("tcpCheckSyncookie", socket, ip, tcp);
  }

  /// A SYN cookie of a listening socket for the packet.
  ///
  /// @param ip a view or struct of the network header
  /// @param tcp a view or struct of the TCP header
  /// @return the cookie in the low 32 bits, the segment size in the next 16, or a negative error
  ///   number
  public static long tcpGenSyncookie(BpfSock socket, Object ip, Object tcp) {
    return Host.current().call("tcpGenSyncookie", socket, ip, tcp);
  }

  /// A SYN cookie for a packet of IPv4.
  ///
  /// @param ip a view or struct of the header
  /// @param tcp the TCP header with its options
  /// @return the cookie in the low 32 bits, the segment size in the next 16, or a negative error
  ///   number
  public static long tcpRawGenSyncookieIpv4(Object ip, Object tcp) {
    return Host.current().call("tcpRawGenSyncookieIpv4", ip, tcp);
  }

  /// A SYN cookie for a packet of IPv6.
  ///
  /// @param ip a view or struct of the header
  /// @param tcp the TCP header with its options
  /// @return the cookie in the low 32 bits, the segment size in the next 16, or a negative error
  ///   number
  public static long tcpRawGenSyncookieIpv6(Object ip, Object tcp) {
    return Host.current().call("tcpRawGenSyncookieIpv6", ip, tcp);
  }

  /// Whether a packet of IPv4 answers a SYN cookie.
  ///
  /// @param ip a view or struct of the header
  /// @param tcp a view or struct of the TCP header
  /// @return 0 if it does, or a negative error number
  public static int tcpRawCheckSyncookieIpv4(Object ip, Object tcp) {
    return (int) Host.current().call("tcpRawCheckSyncookieIpv4", ip, tcp);
  }

  /// Whether a packet of IPv6 answers a SYN cookie.
  ///
  /// @param ip a view or struct of the header
  /// @param tcp a view or struct of the TCP header
  /// @return 0 if it does, or a negative error number
  public static int tcpRawCheckSyncookieIpv6(Object ip, Object tcp) {
    return (int) Host.current().call("tcpRawCheckSyncookieIpv6", ip, tcp);
  }

  /// The socket as a TCP socket of IPv6, or null if it is none.
  ///
  /// @param socket a socket, or a view of a `sock_common`
  /// @param view a [KernelStruct] interface for `tcp6_sock`
  public static <T> @Nullable T skcToTcp6Sock(Object socket, Class<T> view) {
    return Host.current().find("skcToTcp6Sock", view, socket);
  }

  /// The socket as a TCP socket, or null if it is none.
  ///
  /// @param socket a socket, or a view of a `sock_common`
  /// @param view a [KernelStruct] interface for `tcp_sock`
  public static <T> @Nullable T skcToTcpSock(Object socket, Class<T> view) {
    return Host.current().find("skcToTcpSock", view, socket);
  }

  /// The socket as one that was closed, or null if it is none.
  ///
  /// @param socket a socket, or a view of a `sock_common`
  /// @param view a [KernelStruct] interface for `tcp_timewait_sock`
  public static <T> @Nullable T skcToTcpTimewaitSock(Object socket, Class<T> view) {
    return Host.current().find("skcToTcpTimewaitSock", view, socket);
  }

  /// The socket as one that is being set up, or null if it is none.
  ///
  /// @param socket a socket, or a view of a `sock_common`
  /// @param view a [KernelStruct] interface for `tcp_request_sock`
  public static <T> @Nullable T skcToTcpRequestSock(Object socket, Class<T> view) {
    return Host.current().find("skcToTcpRequestSock", view, socket);
  }

  /// The socket as a UDP socket of IPv6, or null if it is none.
  ///
  /// @param socket a socket, or a view of a `sock_common`
  /// @param view a [KernelStruct] interface for `udp6_sock`
  public static <T> @Nullable T skcToUdp6Sock(Object socket, Class<T> view) {
    return Host.current().find("skcToUdp6Sock", view, socket);
  }

  /// The socket as a Unix socket, or null if it is none.
  ///
  /// @param socket a socket, or a view of a `sock_common`
  /// @param view a [KernelStruct] interface for `unix_sock`
  public static <T> @Nullable T skcToUnixSock(Object socket, Class<T> view) {
    return Host.current().find("skcToUnixSock", view, socket);
  }

  /// The socket's multipath connection, or null if it has none.
  ///
  /// @param socket a socket, or a view of a `sock_common`
  /// @param view a [KernelStruct] interface for `mptcp_sock`
  public static <T> @Nullable T skcToMptcpSock(Object socket, Class<T> view) {
    return Host.current().find("skcToMptcpSock", view, socket);
  }

  /// Sends an acknowledgement.
  ///
  /// @param socket a view of a `tcp_sock`
  /// @param next the number of the byte that is expected next
  /// @return 0, or a negative error number
  public static int tcpSendAck(Object socket, int next) {
    return (int) Host.current().call("tcpSendAck", socket, next);
  }

  /// Sets an option of the socket, as the system call does.
  ///
  /// @return 0, or a negative error number
  public static int setsockopt(Context ctx, int level, int option, Object value) {
    return (int) Host.current().call("setsockopt", ctx, level, option, value);
  }

  /// Gets an option of the socket, as the system call does.
  ///
  /// @return 0, or a negative error number
  public static int getsockopt(Context ctx, int level, int option, Object to) {
    return (int) Host.current().call("getsockopt", ctx, level, option, to);
  }

  /// Binds the socket before it connects.
  ///
  /// @param address a struct like `sockaddr_in` or `sockaddr_in6`
  /// @return 0, or a negative error number
  public static int bind(Context ctx, Object address) {
    return (int) Host.current().call("bind", ctx, address);
  }

  /// Asks to be called for more events of the connection.
  ///
  /// @param flags `BPF_SOCK_OPS_*_CB_FLAG`
  /// @return 0, the flags that the kernel does not know, or a negative error number
  public static int sockOpsCbFlagsSet(Context ctx, int flags) {
    return (int) Host.current().call("sockOpsCbFlagsSet", ctx, flags);
  }

  /// Finds an option in the TCP header.
  ///
  /// @param option what to look for in its first bytes, and then the option
  /// @return the bytes, or a negative error number
  public static int loadHdrOpt(Context ctx, Object option, long flags) {
    return (int) Host.current().call("loadHdrOpt", ctx, option, flags);
  }

  /// Writes an option into the TCP header. Views are dead afterwards.
  ///
  /// @param flags 0
  /// @return 0, or a negative error number
  public static int storeHdrOpt(Context ctx, Object option, long flags) {
    return (int) Host.current().call("storeHdrOpt", ctx, option, flags);
  }

  /// Reserves room for an option of the TCP header.
  ///
  /// @param flags 0
  /// @return 0, or a negative error number
  public static int reserveHdrOpt(Context ctx, int bytes, long flags) {
    return (int) Host.current().call("reserveHdrOpt", ctx, bytes, flags);
  }

  /// Applies the verdict to that many bytes.
  ///
  /// @return 0
  public static int msgApplyBytes(Context ctx, int bytes) {
    return (int) Host.current().call("msgApplyBytes", ctx, bytes);
  }

  /// Holds the message back until it has that many bytes.
  ///
  /// @return 0
  public static int msgCorkBytes(Context ctx, int bytes) {
    return (int) Host.current().call("msgCorkBytes", ctx, bytes);
  }

  /// Makes a part of the message readable. Views are dead afterwards.
  ///
  /// @param flags 0
  /// @return 0, or a negative error number
  public static int msgPullData(Context ctx, int start, int end, long flags) {
    return (int) Host.current().call("msgPullData", ctx, start, end, flags);
  }

  /// Inserts bytes into the message. Views are dead afterwards.
  ///
  /// @param flags 0
  /// @return 0, or a negative error number
  public static int msgPushData(Context ctx, int start, int bytes, long flags) {
    return (int) Host.current().call("msgPushData", ctx, start, bytes, flags);
  }

  /// Removes bytes from the message. Views are dead afterwards.
  ///
  /// @param flags 0
  /// @return 0, or a negative error number
  public static int msgPopData(Context ctx, int start, int bytes, long flags) {
    return (int) Host.current().call("msgPopData", ctx, start, bytes, flags);
  }

  /// The name of the setting.
  ///
  /// @param flags 0 for the whole path, 1 for its last part
  /// @return the bytes of the name, or a negative error number
  public static int sysctlGetName(Context ctx, BpfString to, long flags) {
    return (int) Host.current().call("sysctlGetName", ctx, to, flags);
  }

  /// The value of the setting.
  ///
  /// @return the bytes of the value, or a negative error number
  public static int sysctlGetCurrentValue(Context ctx, BpfString to) {
    return (int) Host.current().call("sysctlGetCurrentValue", ctx, to);
  }

  /// The value that is being written.
  ///
  /// @return the bytes of the value, or a negative error number
  public static int sysctlGetNewValue(Context ctx, BpfString to) {
    return (int) Host.current().call("sysctlGetNewValue", ctx, to);
  }

  /// Replaces the value that is being written.
  ///
  /// @return 0, or a negative error number
  public static int sysctlSetNewValue(Context ctx, Object from) {
    return (int) Host.current().call("sysctlSetNewValue", ctx, from);
  }
}
