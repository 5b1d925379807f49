package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.handle.LoadedRing.PlacedConsumer;

/// The buffer of one CPU that programs write records to.
///
/// Its first page is `struct perf_event_mmap_page`, behind it are the records, which wrap around.
/// Positions only grow; ours tells the kernel what it may overwrite.
final class KernelPerfBuffer implements AutoCloseable {

  /// The pages of records: 256 KiB, what libbpf's examples use; a power of two.
  private static final int PAGES = 64;

  /// The offsets of `data_head` and `data_tail`.
  private static final long HEAD = 1024;

  private static final long TAIL = 1032;

  /// `PERF_RECORD_LOST` and `PERF_RECORD_SAMPLE`.
  private static final int LOST = 2;

  private static final int SAMPLE = 9;

  /// `struct perf_event_header`: type, misc, size.
  private static final int HEADER_BYTES = 8;

  private static final VarHandle POSITION = JAVA_LONG.varHandle();

  private final Descriptor event;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment control;
  private final MemorySegment records;
  private final MemorySegment copy;

  /// Takes ownership of an event's descriptor, maps its memory and starts it.
  KernelPerfBuffer(Descriptor event) {
    this.event = event;
    long bytes = (long) PAGES * Memory.PAGE_BYTES;
    try {
      control = Memory.map(event, Memory.PAGE_BYTES + bytes, 0, true, arena);
      records = control.asSlice(Memory.PAGE_BYTES, bytes);
      copy = arena.allocate(1 << Short.SIZE, Long.BYTES);
      Failure.check(PerfEvent.enable(event), "PERF_EVENT_IOC_ENABLE");
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /// The event.
  Descriptor event() {
    return event;
  }

  boolean isEmpty() {
    return (long) POSITION.getAcquire(control, HEAD) == (long) POSITION.getOpaque(control, TAIL);
  }

  /// Hands the records on that are there.
  ///
  /// @param lost counts those that found no room
  /// @return the number of records
  int drain(PlacedConsumer consumer, AtomicLong lost) {
    int count = 0;
    long at = (long) POSITION.getOpaque(control, TAIL);
    long head = (long) POSITION.getAcquire(control, HEAD);
    while (at != head) {
      int size = Short.toUnsignedInt(read(at, HEADER_BYTES).get(JAVA_SHORT, 6));
      MemorySegment record = read(at, size);
      at += size;
      POSITION.setRelease(control, TAIL, at);
      switch (record.get(JAVA_INT, 0)) {
        case SAMPLE -> {
          count++;
          int bytes = record.get(JAVA_INT, HEADER_BYTES);
          hand(consumer, record.asSlice(HEADER_BYTES + Integer.BYTES, bytes));
        }
        case LOST -> lost.addAndGet(record.get(JAVA_LONG, HEADER_BYTES + Long.BYTES));
        default -> {}
      }
    }
    return count;
  }

  private static void hand(PlacedConsumer consumer, MemorySegment record) {
    try (Arena one = Arena.ofConfined()) {
      MemorySegment aligned = one.allocate(record.byteSize(), Long.BYTES);
      consumer.accept(aligned.copyFrom(record), 0, (int) record.byteSize());
    }
  }

  /// Bytes at a position, in one piece.
  private MemorySegment read(long position, int bytes) {
    long from = position & (records.byteSize() - 1);
    long first = Math.min(bytes, records.byteSize() - from);
    MemorySegment.copy(records, ValueLayout.JAVA_BYTE, from, copy, ValueLayout.JAVA_BYTE, 0, first);
    MemorySegment.copy(
        records, ValueLayout.JAVA_BYTE, 0, copy, ValueLayout.JAVA_BYTE, first, bytes - first);
    return copy.asSlice(0, bytes);
  }

  @Override
  public void close() {
    arena.close();
    event.close();
  }
}
