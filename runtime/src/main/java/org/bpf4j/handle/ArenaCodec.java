package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;

/// How the objects of one class lie in an arena.
///
/// An object is created before it is read, since objects may refer to each other in circles.
///
/// @param <T> the class, annotated `@ArenaStruct`
public interface ArenaCodec<T> {

  /// The number of bytes that an object takes.
  int bytes();

  /// A new object, of which nothing has been read yet.
  T create();

  /// Reads an object's fields.
  ///
  /// @param arena finds what references refer to
  /// @param from the arena's memory
  /// @param offset where the object begins
  void read(ArenaReader arena, MemorySegment from, long offset, T value);
}
