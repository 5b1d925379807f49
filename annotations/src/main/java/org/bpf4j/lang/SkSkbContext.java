package org.bpf4j.lang;

import org.bpf4j.lang.net.Ipv6Address;
import org.jspecify.annotations.Nullable;

/// Data that arrived at a socket that is in a map of sockets: the kernel's socket buffer, without
/// headers.
@ContextStruct("__sk_buff")
public interface SkSkbContext extends Context {

  /// A view of the data's bytes, or null if the linear part of the data ends before the view does.
  ///
  /// The kernel mostly keeps such data in separate fragments, where a view cannot reach them: call
  /// [#pull] first, or [#load], where null would be wrong. The null test is the bounds check:
  /// behind it, every accessor of the view is a plain load.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte, counted from the first byte of the data; a negative one gives
  ///   null
  <T> @Nullable T header(Class<T> view, int offset);

  /// A view of the packet wherever its bytes are, fragments included, or null if it ends before the
  /// view does; for reading only (Linux 6.4). The view is of a copy on the stack if the bytes are
  /// not in one piece.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte; a negative one gives null
  <T> @Nullable T slice(Class<T> view, int offset);

  /// Like [#slice], for writing too, but null if the bytes are not in one piece (Linux 6.5).
  <T> @Nullable T writableSlice(Class<T> view, int offset);

  /// A view of a copy of the data's bytes, or null if the data end before the view does.
  ///
  /// It reaches bytes in fragments too, and stays valid when the data move. What is written through
  /// it changes the copy.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte, counted from the first byte of the data; a negative one gives
  ///   null
  <T> @Nullable T load(Class<T> view, int offset);

  /// Makes the first `bytes` bytes linear, so that views reach them; 0 stands for all that there
  /// are.
  ///
  /// Views are dead afterwards.
  ///
  /// @return whether they are linear now; false if there are fewer, or memory is short
  boolean pull(int bytes);

  /// The length of the data in bytes, fragments included.
  @U32
  @At(0)
  int length();

  /// The priority.
  @U32
  @At(32)
  int priority();

  /// Sets [#priority()].
  void priority(int value);

  /// The socket's address family, such as 2 for IPv4 and 10 for IPv6.
  @U32
  @At(88)
  int family();

  /// The peer's address, of IPv4.
  @Be32
  @At(92)
  int remoteAddress();

  /// The socket's own address, of IPv4.
  @Be32
  @At(96)
  int localAddress();

  /// The peer's address, of IPv6.
  @At(100)
  Ipv6Address remoteAddress6();

  /// The socket's own address, of IPv6.
  @At(116)
  Ipv6Address localAddress6();

  /// The peer's port.
  @Be32
  @At(132)
  int remotePort();

  /// The socket's own port.
  @U32
  @At(136)
  int localPort();
}
