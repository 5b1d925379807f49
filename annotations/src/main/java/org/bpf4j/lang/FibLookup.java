package org.bpf4j.lang;

/// A question to the routing table, and its answer: the kernel's `bpf_fib_lookup`.
@Struct
public final class FibLookup {
  /// 2 for IPv4 (`AF_INET`), 10 for IPv6 (`AF_INET6`); in the answer that of the gateway.
  public @U8 int family;

  /// The protocol behind the network header.
  public @U8 int protocol;

  /// The port that the packet comes from.
  public @Be16 int sourcePort;

  /// The port that the packet goes to.
  public @Be16 int destinationPort;

  /// The length of the packet behind the link layer's header, or 0; in the answer the greatest.
  public @U16 int length;

  /// The interface that received it; in the answer the one to send it by.
  public int ifindex;

  /// The type of service or the flow information; in the answer the metric.
  public int metric;

  /// The address that the packet comes from in IPv4, or the first 32 bits of it in IPv6.
  public @Be32 int source;

  /// Bits 32 to 63 of it in IPv6.
  public @Be32 int source2;

  /// Bits 64 to 95 of it in IPv6.
  public @Be32 int source3;

  /// Bits 96 to 127 of it in IPv6.
  public @Be32 int source4;

  /// The address that the packet goes to; in the answer the gateway's in IPv4, or the first 32 bits
  /// of it in IPv6.
  public @Be32 int destination;

  /// Bits 32 to 63 of it in IPv6.
  public @Be32 int destination2;

  /// Bits 64 to 95 of it in IPv6.
  public @Be32 int destination3;

  /// Bits 96 to 127 of it in IPv6.
  public @Be32 int destination4;

  /// In the answer: the protocol of the VLAN tag.
  public @Be16 int vlanProtocol;

  /// In the answer: the VLAN tag.
  public @Be16 int vlanTag;

  /// In the answer: the address of this host's interface.
  public final byte[] sourceMac = new byte[6];

  /// In the answer: the address of the next hop.
  public final byte[] destinationMac = new byte[6];
}
