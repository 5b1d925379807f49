package org.bpf4j.lang;

/// The addresses of an IPv6 connection: the kernel's `bpf_sock_tuple`.
@Struct
public final class SockTuple6 {
  /// The address that packets come from.
  public final byte[] source = new byte[16];

  /// The address that packets go to.
  public final byte[] destination = new byte[16];

  /// The port that packets come from.
  public @Be16 int sourcePort;

  /// The port that packets go to.
  public @Be16 int destinationPort;
}
