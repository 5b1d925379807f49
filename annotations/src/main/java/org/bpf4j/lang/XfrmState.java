package org.bpf4j.lang;

/// A security association: the kernel's `bpf_xfrm_state`.
@Struct
public final class XfrmState {
  /// The number of the request.
  public int reqid;

  /// The index of the parameters.
  public @Be32 int spi;

  /// 2 for IPv4 (`AF_INET`), 10 for IPv6 (`AF_INET6`).
  public @U16 int family;

  /// Padding.
  public @U16 int ext;

  /// The other end's address in IPv4, or the first 32 bits of it in IPv6.
  public @Be32 int remote;

  /// Bits 32 to 63 of it in IPv6.
  public @Be32 int remote2;

  /// Bits 64 to 95 of it in IPv6.
  public @Be32 int remote3;

  /// Bits 96 to 127 of it in IPv6.
  public @Be32 int remote4;
}
