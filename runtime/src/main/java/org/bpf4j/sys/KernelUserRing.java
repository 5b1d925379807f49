package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.bpf4j.handle.LoadedUserRing;
import org.bpf4j.object.MapDefinition;

/// A ring buffer in Linux that programs drain, written through memory shared with it.
///
/// Its first page holds the consumer's position, which is the kernel's to write; the second the
/// producer's, which is ours, followed by the data twice in a row (`kernel/bpf/ringbuf.c`). A
/// record is busy from the moment its room is taken until it is filled; the kernel stops at a busy
/// one.
public final class KernelUserRing implements LoadedUserRing, AutoCloseable {

  /// `BPF_RINGBUF_BUSY_BIT`.
  private static final int BUSY = 1 << 31;

  /// `BPF_RINGBUF_DISCARD_BIT`.
  private static final int DISCARDED = 1 << 30;

  /// `BPF_RINGBUF_HDR_SZ`; the length is in the first four bytes.
  private static final int HEADER_BYTES = 8;

  private static final VarHandle POSITION = JAVA_LONG.varHandle();
  private static final VarHandle LENGTH = JAVA_INT.varHandle();

  private final Descriptor descriptor;
  private final MapDefinition definition;
  private final Lifetime lifetime;
  private final long mask;
  private final MemorySegment consumer;
  private final MemorySegment producer;
  private final MemorySegment records;
  private final ReentrantLock turn = new ReentrantLock();

  /// Takes ownership of a ring's descriptor and maps its memory.
  public KernelUserRing(MapDefinition definition, Descriptor descriptor) {
    this.descriptor = descriptor;
    this.definition = definition;
    int bytes = definition.maxEntries();
    mask = bytes - 1L;
    Arena arena = Arena.ofShared();
    consumer = Memory.map(descriptor, Native.PAGE_BYTES, 0, false, arena);
    producer =
        Memory.map(descriptor, Native.PAGE_BYTES + 2L * bytes, Native.PAGE_BYTES, true, arena);
    records = producer.asSlice(Native.PAGE_BYTES);
    lifetime =
        new Lifetime(
            "ring `" + definition.name() + "`",
            () -> {
              arena.close();
              descriptor.close();
            });
  }

  /// The ring's descriptor, for those who load programs.
  public Descriptor descriptor() {
    return descriptor;
  }

  @Override
  public boolean offer(int bytes, Consumer<MemorySegment> writer) {
    long room = (HEADER_BYTES + (long) bytes + 7) & ~7L;
    if (bytes < 0 || room > size()) {
      throw new IllegalArgumentException(
          "a record of %d bytes for ring `%s` of %d".formatted(bytes, name(), size()));
    }
    lifetime.enter();
    try {
      long at = reserve(bytes, room);
      if (at < 0) {
        return false;
      }
      fill(at & mask, bytes, writer);
      return true;
    } finally {
      lifetime.leave();
    }
  }

  /// Takes room.
  ///
  /// @return the position, or -1 if there is none
  private long reserve(int bytes, long room) {
    turn.lock();
    try {
      long at = (long) POSITION.getOpaque(producer, 0L);
      long used = at - (long) POSITION.getAcquire(consumer, 0L);
      if (used + room > size()) {
        return -1;
      }
      records.set(JAVA_INT, at & mask, bytes | BUSY);
      records.set(JAVA_INT, (at & mask) + Integer.BYTES, 0);
      POSITION.setRelease(producer, 0L, at + room);
      return at;
    } finally {
      turn.unlock();
    }
  }

  private void fill(long place, int bytes, Consumer<MemorySegment> writer) {
    boolean filled = false;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment record = records.asSlice(place + HEADER_BYTES, bytes);
      record.fill((byte) 0);
      writer.accept(Native.confine(record, arena));
      filled = true;
    } finally {
      LENGTH.setRelease(records, place, filled ? bytes : bytes | DISCARDED);
    }
  }

  @Override
  public String name() {
    return definition.name();
  }

  @Override
  public int size() {
    return definition.maxEntries();
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
