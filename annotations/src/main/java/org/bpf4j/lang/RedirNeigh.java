package org.bpf4j.lang;

/// A next hop: the kernel's `bpf_redir_neigh`.
@Struct
public final class RedirNeigh {
  /// 2 for IPv4 (`AF_INET`), 10 for IPv6 (`AF_INET6`).
  public int family;

  /// The address in IPv4, or the first 32 bits of it in IPv6.
  public @Be32 int nextHop;

  /// Bits 32 to 63 of it in IPv6.
  public @Be32 int nextHop2;

  /// Bits 64 to 95 of it in IPv6.
  public @Be32 int nextHop3;

  /// Bits 96 to 127 of it in IPv6.
  public @Be32 int nextHop4;
}
