package org.bpf4j.lang;

import org.bpf4j.lang.net.Ipv6Address;

/// A connection or datagram whose socket is looked for.
@ContextStruct("bpf_sk_lookup")
public interface SkLookupContext extends Context {

  /// The address family, such as 2 for IPv4 and 10 for IPv6.
  @U32
  @At(8)
  int family();

  /// The protocol, as in [org.bpf4j.lang.net.IpProtocol].
  @U32
  @At(12)
  int protocol();

  /// Where it comes from, of IPv4.
  @Be32
  @At(16)
  int remoteAddress();

  /// Where it comes from, of IPv6.
  @At(20)
  Ipv6Address remoteAddress6();

  /// The port that it comes from.
  @Be16
  @At(36)
  int remotePort();

  /// Where it goes, of IPv4.
  @Be32
  @At(40)
  int localAddress();

  /// Where it goes, of IPv6.
  @At(44)
  Ipv6Address localAddress6();

  /// The port that it goes to.
  @U32
  @At(60)
  int localPort();

  /// The number of the interface that it came by.
  @U32
  @At(64)
  int ingressIfindex();
}
