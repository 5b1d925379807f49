package org.bpf4j.lang.net;

import org.bpf4j.lang.BpfFunction;

/// What an Ethernet frame carries (`ETH_P_*`); lengths of IEEE 802.3 frames are below 1536.
public final class EtherType {

  /// Internet protocol, version 4.
  public static final int IPV4 = 0x0800;

  /// Address resolution.
  public static final int ARP = 0x0806;

  /// A customer's VLAN tag (802.1Q).
  public static final int VLAN = 0x8100;

  /// Internet protocol, version 6.
  public static final int IPV6 = 0x86dd;

  /// An Ethernet frame inside of something else (`ETH_P_TEB`).
  public static final int ETHERNET = 0x6558;

  /// MPLS, unicast.
  public static final int MPLS = 0x8847;

  /// A provider's VLAN tag (802.1ad).
  public static final int PROVIDER_VLAN = 0x88a8;

  /// Link-layer discovery.
  public static final int LLDP = 0x88cc;

  private EtherType() {}

  /// Whether a VLAN tag follows, with another type behind it.
  @BpfFunction
  public static boolean isVlan(int etherType) {
    return etherType == VLAN || etherType == PROVIDER_VLAN;
  }
}
