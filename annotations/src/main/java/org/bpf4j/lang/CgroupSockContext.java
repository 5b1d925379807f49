package org.bpf4j.lang;

/// A socket of a cgroup that is made or closed.
@ContextStruct("bpf_sock")
public interface CgroupSockContext extends Context {

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

  /// The number of the interface that the socket is bound to, or 0.
  @U32
  @At(0)
  int boundIfindex();

  /// Sets [#boundIfindex()].
  void boundIfindex(int value);

  /// The mark that its packets get.
  @U32
  @At(16)
  int mark();

  /// Sets [#mark()].
  void mark(int value);

  /// The priority that its packets get.
  @U32
  @At(20)
  int priority();

  /// Sets [#priority()].
  void priority(int value);
}
