package org.bpf4j.lang;

import org.bpf4j.lang.net.Ipv6Address;

/// An IPv6 socket of a cgroup that has got its address.
@ContextStruct("bpf_sock")
public interface BoundSocket6Context extends Context {

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
  @At(28)
  Ipv6Address sourceAddress();

  /// The port that the socket has got.
  @U32
  @At(44)
  int sourcePort();
}
