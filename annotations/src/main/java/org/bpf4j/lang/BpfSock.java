package org.bpf4j.lang;

/// A socket.
///
/// Helpers give it or null; the test for null is the program's.
@ContextStruct("bpf_sock")
public interface BpfSock {
  /// The number of the interface that it is bound to, or 0.
  @U32
  @At(0)
  int boundDevIf();

  /// 2 for IPv4 (`AF_INET`), 10 for IPv6 (`AF_INET6`).
  @U32
  @At(4)
  int family();

  /// 1 for a stream, 2 for datagrams (`SOCK_*`).
  @U32
  @At(8)
  int type();

  /// The protocol behind the network header.
  @U32
  @At(12)
  int protocol();

  /// The mark of its packets.
  @U32
  @At(16)
  int mark();

  /// The priority of its packets.
  @U32
  @At(20)
  int priority();

  /// Its own address, of IPv4.
  @Be32
  @At(24)
  int sourceIp4();

  /// Its own port.
  @U32
  @At(44)
  int sourcePort();

  /// The other end's port.
  @Be16
  @At(48)
  int destinationPort();

  /// The other end's address, of IPv4.
  @Be32
  @At(52)
  int destinationIp4();

  /// Its state: 1 if it is connected (`BPF_TCP_ESTABLISHED`).
  @U32
  @At(72)
  int state();

  /// The receive queue, or -1.
  @S32
  @At(76)
  int rxQueueMapping();
}
