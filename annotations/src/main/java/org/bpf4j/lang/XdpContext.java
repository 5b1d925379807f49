package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// A frame at the XDP hook: the bytes as the driver received them, before the kernel made a packet
/// of them.
@ContextStruct("xdp_md")
public interface XdpContext extends Context {

  /// A view of the frame's bytes, or null if the frame ends before the view does.
  ///
  /// The null test is the bounds check: behind it, every accessor of the view is a plain load.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte, counted from the start of the frame; a negative one gives null
  <T> @Nullable T header(Class<T> view, int offset);

  /// A view of the frame wherever its bytes are, fragments included, or null if it ends before the
  /// view does; for reading only (Linux 6.4). The view is of a copy on the stack if the bytes are
  /// not in one piece.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte; a negative one gives null
  <T> @Nullable T slice(Class<T> view, int offset);

  /// Like [#slice], for writing too, but null if the bytes are not in one piece (Linux 6.5).
  <T> @Nullable T writableSlice(Class<T> view, int offset);

  /// A view of the metadata before the frame, or null if there is less of it than the view takes.
  ///
  /// [#adjustMeta] makes room for it. What is written there goes with the frame: to other XDP
  /// programs that see it, and to `@Tc` programs of the interface, which read it by
  /// [TcContext#metadata].
  ///
  /// @param view a [Header] interface
  <T> @Nullable T metadata(Class<T> view);

  /// The frame's length in bytes, link-layer header included.
  int length();

  /// The number of the interface that received it.
  @U32
  @At(12)
  int ingressIfindex();

  /// The receive queue of that interface.
  @U32
  @At(16)
  int rxQueueIndex();

  /// Moves the start of the frame: forward by `delta` bytes, or back if it is negative.
  ///
  /// Views are dead afterwards. Bytes that are gained hold anything.
  ///
  /// @return whether it was moved; false if there is no room, or fewer than 14 bytes would be left
  boolean adjustHead(int delta);

  /// Moves the end of the frame: forward by `delta` bytes, or back if it is negative.
  ///
  /// Views are dead afterwards. Bytes that are gained are zero.
  ///
  /// @return whether it was moved; false if there is no room, or fewer than 14 bytes would be left
  boolean adjustTail(int delta);

  /// Moves the start of the metadata: back if `delta` is negative, which makes room, or forward.
  ///
  /// Views are dead afterwards. Bytes that are gained hold anything.
  ///
  /// @return whether it was moved; false if the metadata would be no multiple of 4 bytes or more
  ///   than the kernel allows, which is 32 bytes in older ones, and if the driver has no room
  boolean adjustMeta(int delta);
}
