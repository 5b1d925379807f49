package org.bpf4j.lang;

/// A socket of a cgroup and an IPv4 address that a process states or is told.
@ContextStruct("bpf_sock_addr")
public interface SocketAddress4Context extends Context {

  /// The address that the process stated, or that it is to see.
  @Be32
  @At(4)
  int address();

  /// Sets [#address()].
  void address(int value);

  /// The port that the process stated, or that it is to see.
  @Be16
  @At(24)
  int port();

  /// Sets [#port()].
  void port(int value);

  /// The family of the address as the process stated it.
  @U32
  @At(0)
  int family();

  /// The socket's address family, such as 2 for IPv4 and 10 for IPv6.
  @U32
  @At(28)
  int socketFamily();

  /// The socket's type, such as 1 for a stream and 2 for datagrams.
  @U32
  @At(32)
  int type();

  /// The protocol, as in [org.bpf4j.lang.net.IpProtocol].
  @U32
  @At(36)
  int protocol();

  /// Sets an option of the socket whose value is an `int`, as `setsockopt` does.
  ///
  /// @return 0, or a negative error number
  int setOption(int level, int option, int value);
}
