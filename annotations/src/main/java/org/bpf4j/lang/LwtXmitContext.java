package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// A packet that is transmitted on a route with a program, from its network header on.
@ContextStruct("__sk_buff")
public interface LwtXmitContext extends Context {

  /// A view of the packet's bytes, or null if the linear part of the packet ends before the view
  /// does.
  ///
  /// The kernel may keep later bytes in separate fragments, where a view cannot reach them although
  /// the packet is long enough: call [#pull] first, or [#load], where null would be wrong. The null
  /// test is the bounds check: behind it, every accessor of the view is a plain load.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte, counted from the network header; a negative one gives null
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

  /// A view of a copy of the packet's bytes, or null if the packet ends before the view does.
  ///
  /// It reaches bytes in fragments too, and stays valid when the packet moves. What is written
  /// through it changes the copy.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte, counted from the network header; a negative one gives null
  <T> @Nullable T load(Class<T> view, int offset);

  /// Makes the first `bytes` bytes linear, so that views reach them; 0 stands for all that there
  /// are.
  ///
  /// Views are dead afterwards.
  ///
  /// @return whether they are linear now; false if the packet is shorter, or memory is short
  boolean pull(int bytes);

  /// The packet's length in bytes, from its network header on, fragments included.
  @U32
  @At(0)
  int length();

  /// Whom the packet is for: 0 for this host, 1 for all, 2 for a group, 3 for another host, 4 for
  /// sent by this host (`PACKET_*` of `linux/if_packet.h`).
  @U32
  @At(4)
  int packetType();

  /// The mark, a number that the packet carries through the kernel.
  @U32
  @At(8)
  int mark();

  /// Sets [#mark()].
  void mark(int value);

  /// The queue of the interface.
  @U32
  @At(12)
  int queueMapping();

  /// The protocol behind the link-layer header, as in [org.bpf4j.lang.net.EtherType].
  @Be16
  @At(16)
  int protocol();

  /// The priority, which queueing disciplines look at.
  @U32
  @At(32)
  int priority();

  /// Sets [#priority()].
  void priority(int value);

  /// The number of the interface that received the packet, or 0.
  @U32
  @At(36)
  int ingressIfindex();

  /// The number of the interface that the packet is at.
  @U32
  @At(40)
  int ifindex();

  /// The hash of the packet's flow, or 0 if it was not computed.
  @U32
  @At(68)
  int hash();
}
