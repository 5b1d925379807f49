package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// A queue of records from programs to user space, in order, shared by all CPUs.
///
/// A program reserves a record, fills it in place, and then submits or discards it; the compiler
/// sees to it that exactly one of both happens on every path, and that the record is not used
/// afterwards.
///
/// @param <E> a [Struct]
public final class RingBuffer<E> {

  private final int bytes;

  private RingBuffer(int bytes) {
    this.bytes = bytes;
  }

  /// Declares a ring buffer, as the initialiser of a `static final` field.
  ///
  /// @param bytes its size: a power of two, and a multiple of the page size; a constant expression
  public static <E> RingBuffer<E> ofBytes(int bytes) {
    return new RingBuffer<>(bytes);
  }

  /// The size in bytes, as declared; user space may have changed it before loading.
  public int bytes() {
    return bytes;
  }

  /// A new record, all zero, or null if there is no room; then it is counted as lost, and user
  /// space can read the count.
  public @Nullable E reserve() {
    return Host.of(this).reserve(this);
  }

  /// Hands a record to user space.
  public void submit(E event) {
    Host.of(this).submit(this, event);
  }

  /// Gives a record back without showing it to anybody.
  public void discard(E event) {
    Host.of(this).discard(this, event);
  }
}
