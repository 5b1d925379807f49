package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// A record of a ring buffer whose length the program computes (a dynptr of the kernel, Linux
/// 5.19).
///
/// Its bytes hold anything until they are written. A program may hold it in local variables only,
/// and submits or discards it on each path, like any record.
public interface RingRecord {

  /// Copies bytes into the record.
  ///
  /// @param offset where they begin
  /// @param from a struct, an array or a [BpfString], all of it
  /// @return whether they lie within the record; else nothing is written
  default boolean write(int offset, Object from) {
    return Host.current().call("dynptrWrite", this, offset, from, 0) == 0;
  }

  /// Like [#write(int, Object)], of a part of an array; one beyond the array aborts.
  default boolean write(int offset, byte[] bytes, int from, int count) {
    return Host.current().call("dynptrWrite", this, offset, bytes, from, count, 0) == 0;
  }

  /// Copies bytes out of the record.
  ///
  /// @param offset where they begin
  /// @param to a struct, an array or a [BpfString], to be filled
  /// @return whether they lie within the record; else nothing is read
  default boolean read(int offset, Object to) {
    return Host.current().call("dynptrRead", to, this, offset, 0) == 0;
  }

  /// Like [#read(int, Object)], into a part of an array; one beyond the array aborts.
  default boolean read(int offset, byte[] bytes, int from, int count) {
    return Host.current().call("dynptrRead", bytes, from, count, this, offset, 0) == 0;
  }

  /// A struct in place, or null if the record ends before the struct does. It is gone with the
  /// record.
  ///
  /// @param struct a [Struct]
  /// @param offset its first byte
  <T> @Nullable T data(Class<T> struct, int offset);
}
