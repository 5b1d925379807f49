package org.bpf4j.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.object.MapDefinition;

/// A ring buffer in Linux, read through memory shared with it.
public final class KernelRing implements Awaited, AutoCloseable {

  /// How much is read before the room is given back: moving the consumer's position is what costs
  /// most, since the producer looks at it.
  private static final long MOST_BATCH_BYTES = 1 << 18;

  /// In how many parts at least a ring is given back, so that programs find room meanwhile.
  private static final int BATCHES = 4;

  private final MapDefinition definition;
  private final Descriptor descriptor;
  private final int number;
  private final Lifetime lifetime;
  private final RingMemory memory;
  private final long batchBytes;
  private final ReentrantLock turn = new ReentrantLock();

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
    int some;
    do {
      some = drainBatch(taker);
      count += some;
    } while (some > 0);
    return count;
  }

  /// Hands on as many records as room is given back for at once. What was handed on is consumed,
  /// also if the last consumer threw.
  private int drainBatch(PlacedConsumer taker) {
    MemorySegment records = memory.records;
    int count = 0;
    long start = (long) RingMemory.POSITION.getOpaque(memory.consumer, 0L);
    long end = (long) RingMemory.POSITION.getAcquire(memory.producer, 0L);
    long at = start;
    try {
      while (at != end && (count == 0 || at - start < batchBytes)) {
        long place = memory.place(at);
        int header = (int) RingMemory.LENGTH.getAcquire(records, place);
        if ((header & RingMemory.BUSY) != 0) {
          break;
        }
        int length = header & ~RingMemory.DISCARDED;
        at += RingMemory.room(length);
        if ((header & RingMemory.DISCARDED) == 0) {
          count++;
          taker.accept(records, place + RingMemory.HEADER_BYTES, length);
        }
      }
    } finally {
      if (at != start) {
        RingMemory.POSITION.setRelease(memory.consumer, 0L, at);
      }
    }
    return count;
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
