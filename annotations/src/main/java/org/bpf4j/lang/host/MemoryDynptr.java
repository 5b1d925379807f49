package org.bpf4j.lang.host;

import org.bpf4j.lang.Dynptr;
import org.jspecify.annotations.Nullable;

/// A dynptr of memory where a program runs as plain Java: whoever answers for helpers looks at the
/// object itself.
///
/// @param memory a struct, an array or a [org.bpf4j.lang.BpfString]
public record MemoryDynptr(Object memory) implements Dynptr {

  /// Java has no second object over the memory of the first.
  ///
  /// @throws UnsupportedOperationException always
  @Override
  public <T> @Nullable T data(Class<T> struct, int offset) {
    throw new UnsupportedOperationException("two structs in one place, in plain Java");
  }
}
