package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// Memory that knows how long it is, a dynptr of the kernel: a [RingRecord] (Linux 5.19), what
/// [Helpers#dynptrFromMem] makes of memory, or what a [Kfunc] gives that is declared with this
/// result, such as the bytes of a packet.
///
/// A program may hold it in local variables only, and hands it to functions of the kernel that take
/// such.
public interface Dynptr {

  /// Copies bytes into the memory. If it is that of a packet, views of the packet are gone.
  ///
  /// @param offset where they begin
  /// @param from a struct, an array or a [BpfString], all of it
  /// @return whether they lie within the memory, and it can be written; else nothing is written
  default boolean write(int offset, Object from) {
    return Host.current().call("dynptrWrite", this, offset, from, 0) == 0;
  }

  /// Like [#write(int, Object)], of a part of an array; one beyond the array aborts.
  default boolean write(int offset, byte[] bytes, int from, int count) {
    return Host.current().call("dynptrWrite", this, offset, bytes, from, count, 0) == 0;
  }

  /// Copies bytes out of the memory.
  ///
  /// @param offset where they begin
  /// @param to a struct, an array or a [BpfString], to be filled
  /// @return whether they lie within the memory; else nothing is read
  default boolean read(int offset, Object to) {
    return Host.current().call("dynptrRead", to, this, offset, 0) == 0;
  }

  /// Like [#read(int, Object)], into a part of an array; one beyond the array aborts.
  default boolean read(int offset, byte[] bytes, int from, int count) {
    return Host.current().call("dynptrRead", bytes, from, count, this, offset, 0) == 0;
  }

  /// A struct in place, or null if the memory ends before the struct does, is only read or is a
  /// packet's. It is gone with a ring's record.
  ///
  /// @param struct a [Struct]
  /// @param offset its first byte
  <T> @Nullable T data(Class<T> struct, int offset);
}
