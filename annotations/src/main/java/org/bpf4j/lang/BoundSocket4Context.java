package org.bpf4j.lang;

/// An IPv4 socket of a cgroup that has got its address.
@ContextStruct("bpf_sock")
public interface BoundSocket4Context extends Context {

  /// The socket's address family, such as 2 for IPv4 and 10 for IPv6.
  @U32
  @At(4)
  int family();

  /// The socket's type, such as 1 for a stream and 2 for datagrams.
  @U32
  @At(8)
  int type();

  /// The protocol, as in [org.bpf4j.lang.net.IpProtocol].
  @U32
  @At(12)
  int protocol();

  /// The address that the socket has got.
  @Be32
  @At(24)
  int sourceAddress();

  /// The port that the socket has got.
  @U32
  @At(44)
  int sourcePort();
}
