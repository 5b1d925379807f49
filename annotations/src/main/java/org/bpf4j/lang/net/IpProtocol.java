package org.bpf4j.lang.net;

/// What an IP packet carries (`IPPROTO_*`), and the extension headers of version 6.
public final class IpProtocol {

  /// Options for every hop (version 6).
  public static final int HOP_BY_HOP = 0;

  /// Control messages of version 4.
  public static final int ICMP = 1;

  /// Group membership.
  public static final int IGMP = 2;

  /// Version 4 in IP.
  public static final int IPV4 = 4;

  /// Transmission control.
  public static final int TCP = 6;

  /// User datagrams.
  public static final int UDP = 17;

  /// Version 6 in IP.
  public static final int IPV6 = 41;

  /// Routing header (version 6).
  public static final int ROUTING = 43;

  /// Fragment header (version 6).
  public static final int FRAGMENT = 44;

  /// Generic routing encapsulation.
  public static final int GRE = 47;

  /// Encrypted payload of IPsec.
  public static final int ESP = 50;

  /// Authentication header of IPsec.
  public static final int AH = 51;

  /// Control messages of version 6.
  public static final int ICMPV6 = 58;

  /// Nothing follows (version 6).
  public static final int NONE = 59;

  /// Options for the destination (version 6).
  public static final int DESTINATION_OPTIONS = 60;

  /// Stream control transmission.
  public static final int SCTP = 132;

  private IpProtocol() {}
}
