package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.bpf4j.object.MapDefinition;

/// The memory of a ring buffer that Linux shares with one of its ends.
///
/// Its first page holds the consumer's position, the second the producer's, followed by the data
/// twice in a row, so that no record is ever split. Positions only grow; a record begins with its
/// length and two flags (`kernel/bpf/ringbuf.c`). The end that is ours may be written.
final class RingMemory implements AutoCloseable {

  /// `BPF_RINGBUF_BUSY_BIT`: reserved and not yet handed over.
  static final int BUSY = 1 << 31;

  /// `BPF_RINGBUF_DISCARD_BIT`.
  static final int DISCARDED = 1 << 30;

  /// `BPF_RINGBUF_HDR_SZ`; the length is in the first four bytes.
  static final int HEADER_BYTES = 8;

  /// A position, at the start of its page.
  static final VarHandle POSITION = JAVA_LONG.varHandle();

  /// A record's length and flags.
  static final VarHandle LENGTH = JAVA_INT.varHandle();

  private final Arena arena = Arena.ofShared();
  private final long mask;

  /// The page of the consumer's position.
  final MemorySegment consumer;

  /// The page of the producer's position, and what is behind it.
  final MemorySegment producer;

  /// The data, twice.
  final MemorySegment records;

  /// Maps a ring.
  ///
  /// @param consumes whether the consumer's end is ours, or else the producer's
  RingMemory(MapDefinition definition, Descriptor descriptor, boolean consumes) {
    int bytes = definition.maxEntries();
    mask = bytes - 1L;
    try {
      consumer = Memory.map(descriptor, Memory.PAGE_BYTES, 0, consumes, arena);
      producer =
          Memory.map(
              descriptor, Memory.PAGE_BYTES + 2L * bytes, Memory.PAGE_BYTES, !consumes, arena);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
    records = producer.asSlice(Memory.PAGE_BYTES);
  }

  /// Where in the data a position is.
  long place(long position) {
    return position & mask;
  }

  /// The bytes that a record takes in the ring.
  static long room(long bytes) {
    return (HEADER_BYTES + bytes + 7) & ~7L;
  }

  @Override
  public void close() {
    arena.close();
  }
}
