package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.object.MapDefinition;

/// A ring buffer in Linux, read through memory shared with it.
public final class KernelRing implements Awaited, AutoCloseable {

  /// How much is read before the room is given back: moving the consumer's position is what costs
  /// most, since the producer looks at it. A batch of 16 KiB was up to twice as slow.
  private static final long MOST_BATCH_BYTES = 1 << 18;

  /// How many records are looked at before they are handed on: so few that they are still in the
  /// CPU's nearest cache then.
  private static final int MOST_AHEAD = 32;

  /// In how many parts at least a ring is given back, so that programs find room meanwhile.
  private static final int BATCHES = 4;

  /// What a header has beside the length.
  private static final int FLAGS = RingMemory.BUSY | RingMemory.DISCARDED;

  private final MapDefinition definition;
  private final Descriptor descriptor;
  private final int number;
  private final Lifetime lifetime;
  private final RingMemory memory;
  private final long batchBytes;
  private final ReentrantLock turn = new ReentrantLock();

  /// Of the records that are handed on next; whose turn it is uses them.
  private final int[] lengths = new int[MOST_AHEAD];

  /// Takes ownership of a ring's descriptor and maps its memory.
  public KernelRing(MapDefinition definition, Descriptor descriptor) {
    this.definition = definition;
    this.descriptor = descriptor;
    number = descriptor.number();
    memory = new RingMemory(definition, descriptor, true);
    batchBytes = Math.min(MOST_BATCH_BYTES, definition.maxEntries() / BATCHES);
    lifetime =
        new Lifetime(
            "ring `" + definition.name() + "`",
            () -> {
              memory.close();
              descriptor.close();
            });
  }

  @Override
  public String name() {
    return definition.name();
  }

  /// The ring's descriptor, for those who load programs.
  public Descriptor descriptor() {
    return descriptor;
  }

  /// How much memory of the kernel it takes.
  MapMemory kernelMemory() {
    lifetime.enter();
    try {
      return KernelFiles.memory(descriptor, definition);
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public int consumeInPlace(PlacedConsumer taker) {
    lifetime.enter();
    try {
      if (turn.isHeldByCurrentThread()) {
        throw new IllegalStateException("a ring's consumer must not consume from the same ring");
      }
      turn.lock();
      try {
        return drain(taker);
      } finally {
        turn.unlock();
      }
    } finally {
      lifetime.leave();
    }
  }

  private int drain(PlacedConsumer taker) {
    int count = 0;
    long start;
    do {
      start = position();
      count += drainBatch(taker);
    } while (position() != start);
    return count;
  }

  private long position() {
    return (long) RingMemory.POSITION.getOpaque(memory.consumer, 0L);
  }

  /// Hands on as many records as room is given back for at once. What was handed on is consumed,
  /// also if the last consumer threw.
  private int drainBatch(PlacedConsumer taker) {
    MemorySegment records = memory.records;
    int[] lengths = this.lengths;
    int count = 0;
    long at = memory.place(position());
    long end = at + Math.min(unread(), batchBytes);
    try {
      while (at < end) {
        int ready = lookAhead(at, end);
        for (int i = 0; i < ready; i++) {
          int length = lengths[i];
          long data = at + RingMemory.HEADER_BYTES;
          at += room(length);
          count++;
          taker.accept(records, data, length);
        }
        if (ready == 0) {
          int header = records.get(JAVA_INT_UNALIGNED, at);
          if ((header & FLAGS) != RingMemory.DISCARDED) {
            break;
          }
          at += room(header & ~RingMemory.DISCARDED);
        }
      }
    } finally {
      moveTo(at);
    }
    return count;
  }

  /// Reads the lengths of the next records, up to one that is still being written or was discarded.
  ///
  /// A fence for each record would make the JIT compiler check the memory anew for each, and keep
  /// places in slower registers: a third of the time. A place needs no mask, as the data go on
  /// behind their end; that it is a multiple of 8 is not checked again.
  ///
  /// As long as records are as long as the first, the next place is known before a header is read:
  /// the CPU guesses that they are, and reads several at once. Behind another length it would guess
  /// wrong again and again.
  ///
  /// @return how many there are
  private int lookAhead(long at, long end) {
    MemorySegment records = memory.records;
    int[] lengths = this.lengths;
    int first = records.get(JAVA_INT_UNALIGNED, at);
    if ((first & FLAGS) != 0) {
      return 0;
    }
    int ready = 0;
    long next = at;
    long room = room(first);
    do {
      lengths[ready++] = first;
      next += room;
    } while (ready < MOST_AHEAD && next < end && records.get(JAVA_INT_UNALIGNED, next) == first);
    while (ready < MOST_AHEAD && next < end) {
      int header = records.get(JAVA_INT_UNALIGNED, next);
      if ((header & FLAGS) != 0) {
        break;
      }
      lengths[ready++] = header;
      next += room(header);
    }
    VarHandle.acquireFence(); // what was written before a header was finished is seen from here on
    return ready;
  }

  private static long room(int length) {
    return Integer.toUnsignedLong(length + RingMemory.HEADER_BYTES + 7 & ~7);
  }

  private long unread() {
    return (long) RingMemory.POSITION.getAcquire(memory.producer, 0L) - position();
  }

  /// Gives back the room before a place in the data.
  private void moveTo(long place) {
    long start = position();
    long moved = place - memory.place(start);
    if (moved != 0) {
      RingMemory.POSITION.setRelease(memory.consumer, 0L, start + moved);
    }
  }

  /// Segments that die with this call.
  @Override
  public int consume(RecordConsumer taker) {
    lifetime.enter();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment records = Native.confine(memory.records, arena);
      return consumeInPlace((_, at, bytes) -> taker.accept(records.asSlice(at, bytes)));
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public Lifetime lifetime() {
    return lifetime;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public boolean isEmpty() {
    return (long) RingMemory.POSITION.getAcquire(memory.consumer, 0L)
        == (long) RingMemory.POSITION.getAcquire(memory.producer, 0L);
  }

  /// A discarded record counts as well: consuming it is what makes the ring empty again.
  @Override
  public boolean hasRecord() {
    long at = (long) RingMemory.POSITION.getAcquire(memory.consumer, 0L);
    return at != (long) RingMemory.POSITION.getAcquire(memory.producer, 0L)
        && ((int) RingMemory.LENGTH.getAcquire(memory.records, memory.place(at)) & RingMemory.BUSY)
            == 0;
  }

  @Override
  public void pin(Path path) {
    lifetime.enter();
    try {
      KernelPins.pin(descriptor, path, "ring `" + definition.name() + "`");
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public void unpin(Path path) {
    KernelPins.remove(path);
  }

  @Override
  public void close() {
    lifetime.close();
    Poller.wakeAll(number);
  }
}
