package org.bpf4j.lang;

import org.bpf4j.lang.net.MacAddress;

/// A question to the routing table, and its answer: the kernel's `bpf_fib_lookup`.
@Struct
@SuppressWarnings("NullAway.Init") // fields of structs begin as zero
public final class FibLookup {
  /// The answer of [Helpers#fibLookup]: the way is known (`BPF_FIB_LKUP_RET_SUCCESS`).
  public static final int SUCCESS = 0;

  /// The answer: such packets are to be dropped.
  public static final int BLACKHOLE = 1;

  /// The answer: there is no way there.
  public static final int UNREACHABLE = 2;

  /// The answer: the way is forbidden.
  public static final int PROHIBIT = 3;

  /// The answer: the packet is for this host.
  public static final int NOT_FORWARDED = 4;

  /// The answer: the interface does not forward.
  public static final int FORWARDING_DISABLED = 5;

  /// The answer: the way needs an encapsulation.
  public static final int UNSUPPORTED_TUNNEL = 6;

  /// The answer: the address of the next hop is not known; the kernel can ask for it.
  public static final int NO_NEIGHBOUR = 7;

  /// The answer: the packet is too long for the way.
  public static final int FRAGMENTATION_NEEDED = 8;

  /// The answer: there is no address to send from.
  public static final int NO_SOURCE_ADDRESS = 9;

  /// The flag of [Helpers#fibLookup] that asks the tables without the rules
  /// (`BPF_FIB_LOOKUP_DIRECT`).
  public static final int DIRECT = 1;

  /// The flag of [Helpers#fibLookup] for packets that leave this host (`BPF_FIB_LOOKUP_OUTPUT`).
  public static final int OUTPUT = 2;

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
  public MacAddress sourceMac;

  /// In the answer: the address of the next hop.
  public MacAddress destinationMac;
}
