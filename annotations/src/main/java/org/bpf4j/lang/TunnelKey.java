package org.bpf4j.lang;

/// A packet's tunnel: the kernel's `bpf_tunnel_key`.
@Struct
public final class TunnelKey {
  /// The number of the tunnel.
  public int tunnelId;

  /// The other end's address in IPv4 as a number, or the first word of it in IPv6.
  public int remote;

  /// Bits 32 to 63 of it in IPv6.
  public @Be32 int remote2;

  /// Bits 64 to 95 of it in IPv6.
  public @Be32 int remote3;

  /// Bits 96 to 127 of it in IPv6.
  public @Be32 int remote4;

  /// The type of service.
  public @U8 int tos;

  /// The time to live.
  public @U8 int ttl;

  /// The flags of the tunnel, in network order.
  public @U16 int flags;

  /// The flow label of IPv6.
  public int label;

  /// This end's address in IPv4 as a number, or the first word of it in IPv6.
  public int local;

  /// Bits 32 to 63 of it in IPv6.
  public @Be32 int local2;

  /// Bits 64 to 95 of it in IPv6.
  public @Be32 int local3;

  /// Bits 96 to 127 of it in IPv6.
  public @Be32 int local4;
}
