package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;

/// How a Java value is laid out in a map, a ring record or a global.
///
/// @param <T> the Java type; boxed for primitives
public interface Codec<T> {

  /// The number of bytes that a value takes.
  int bytes();

  /// Writes a value at an offset; every byte of it is written, padding as zero.
  void encode(T value, MemorySegment to, long offset);

  /// Reads a value from an offset.
  T decode(MemorySegment from, long offset);
}
