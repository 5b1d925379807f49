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

  // The figures of `bpf_ringbuf_query`: `BPF_RB_AVAIL_DATA` and those behind it.
  private static final int PENDING_BYTES = 0;
  private static final int SIZE_BYTES = 1;
  private static final int CONSUMER_POSITION = 2;
  private static final int PRODUCER_POSITION = 3;

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

  /// How many bytes wait for user space, those of records that are still being filled included.
  public long pendingBytes() {
    return query(PENDING_BYTES);
  }

  /// The size in bytes, as the kernel has it.
  public long sizeBytes() {
    return query(SIZE_BYTES);
  }

  /// How many bytes user space has read since the ring was made.
  public long consumerPosition() {
    return query(CONSUMER_POSITION);
  }

  /// How many bytes programs have reserved since the ring was made.
  public long producerPosition() {
    return query(PRODUCER_POSITION);
  }

  private long query(int figure) {
    return Host.of(this).maps().query(this, figure);
  }

  /// A new record, as `new` would make it, or null if there is no room; then it is counted as lost,
  /// and user space can read the count.
  public @Nullable E reserve() {
    return Host.of(this).reserve(this);
  }

  /// A new record of a length that is known only now, or null if there is no room, as there never
  /// is for a negative one; then it is counted as lost. Its bytes hold anything.
  ///
  /// @param bytes the length
  public @Nullable RingRecord reserve(int bytes) {
    return Host.of(this).reserve(this, bytes);
  }

  /// Hands a record to user space.
  public void submit(RingRecord record) {
    Host.of(this).submit(this, record);
  }

  /// Gives a record back without showing it to anybody.
  public void discard(RingRecord record) {
    Host.of(this).discard(this, record);
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
