package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// A packet whose flow is wanted, from its link-layer header on if it has one.
@ContextStruct("__sk_buff")
public interface FlowDissectorContext extends Context {

  /// A view of the packet's bytes, or null if what is linear of it ends before the view does.
  ///
  /// The null test is the bounds check: behind it, every accessor of the view is a plain load.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte, counted from its first byte; a negative one gives null
  <T> @Nullable T header(Class<T> view, int offset);

  /// Where the program writes what it finds, and what it begins with.
  @At(144)
  FlowKeys keys();
}
