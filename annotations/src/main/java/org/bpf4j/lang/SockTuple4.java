package org.bpf4j.lang;

/// The addresses of an IPv4 connection: the kernel's `bpf_sock_tuple`.
@Struct
public final class SockTuple4 {
  /// The address that packets come from.
  public @Be32 int source;

  /// The address that packets go to.
  public @Be32 int destination;

  /// The port that packets come from.
  public @Be16 int sourcePort;

  /// The port that packets go to.
  public @Be16 int destinationPort;
}
