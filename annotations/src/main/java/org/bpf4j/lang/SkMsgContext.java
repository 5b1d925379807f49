package org.bpf4j.lang;

import org.bpf4j.lang.net.Ipv6Address;
import org.jspecify.annotations.Nullable;

/// Data on their way into a socket that is in a map of sockets.
@ContextStruct("sk_msg_md")
public interface SkMsgContext extends Context {

  /// A view of the data's bytes, or null if the part that views reach ends before the view does.
  ///
  /// Data that were sent in several pieces are reached up to the first piece's end, and those of a
  /// file not at all: call [Helpers#msgPullData] first where null would be wrong. The null test is
  /// the bounds check: behind it, every accessor of the view is a plain load.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte, counted from the first byte of the data; a negative one gives
  ///   null
  <T> @Nullable T header(Class<T> view, int offset);

  /// The socket's address family, such as 2 for IPv4 and 10 for IPv6.
  @U32
  @At(16)
  int family();

  /// The peer's address, of IPv4.
  @Be32
  @At(20)
  int remoteAddress();

  /// The socket's own address, of IPv4.
  @Be32
  @At(24)
  int localAddress();

  /// The peer's address, of IPv6.
  @At(28)
  Ipv6Address remoteAddress6();

  /// The socket's own address, of IPv6.
  @At(44)
  Ipv6Address localAddress6();

  /// The peer's port.
  @Be32
  @At(60)
  int remotePort();

  /// The socket's own port.
  @U32
  @At(64)
  int localPort();

  /// The length of the data in bytes, also of what views do not reach.
  @U32
  @At(68)
  int length();
}
