package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// A frame that a device map sends on.
@ContextStruct("xdp_md")
public interface XdpDevmapContext extends Context {

  /// A view of the packet's bytes, or null if the frame ends before the view does.
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
  /// It is what an XDP program wrote there, see [XdpContext#metadata].
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

  /// The number of the interface that sends it.
  @U32
  @At(20)
  int egressIfindex();
}
