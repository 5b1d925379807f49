package org.bpf4j.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.object.MapDefinition;

/// A ring buffer in Linux, read through memory shared with it.
public final class KernelRing implements LoadedRing, AutoCloseable {

  /// How long to wait for a record that is reserved but not yet submitted: a program takes
  /// microseconds.
  private static final long BUSY_WAIT_NANOSECONDS = 50_000;

  private final MapDefinition definition;
  private final Descriptor descriptor;
  private final int number;
  private final Lifetime lifetime;
  private final RingMemory memory;
  private final ReentrantLock turn = new ReentrantLock();

  /// Takes ownership of a ring's descriptor and maps its memory.
  public KernelRing(MapDefinition definition, Descriptor descriptor) {
    this.definition = definition;
    this.descriptor = descriptor;
    number = descriptor.number();
    memory = new RingMemory(definition, descriptor, true);
    lifetime =
        new Lifetime(
            "ring `" + definition.name() + "`",
            () -> {
              memory.close();
              descriptor.close();
            });
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
  public int consume(RecordConsumer taker) {
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

  private int drain(RecordConsumer taker) {
    int count = 0;
    long at = (long) RingMemory.POSITION.getOpaque(memory.consumer, 0L);
    while (at != (long) RingMemory.POSITION.getAcquire(memory.producer, 0L)) {
      long place = memory.place(at);
      int header = (int) RingMemory.LENGTH.getAcquire(memory.records, place);
      if ((header & RingMemory.BUSY) != 0) {
        break;
      }
      int length = header & ~RingMemory.DISCARDED;
      at += RingMemory.room(length);
      try {
        if ((header & RingMemory.DISCARDED) == 0) {
          count++;
          hand(taker, memory.records.asSlice(place + RingMemory.HEADER_BYTES, length));
        }
      } finally {
        RingMemory.POSITION.setRelease(memory.consumer, 0L, at);
      }
    }
    return count;
  }

  private static void hand(RecordConsumer taker, MemorySegment record) {
    try (Arena arena = Arena.ofConfined()) {
      taker.accept(Native.confine(record, arena));
    }
  }

  @Override
  public boolean await(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + saturatedNanos(timeout);
    lifetime.enter();
    try {
      while (true) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (lifetime.isClosed()) {
          throw lifetime.closed();
        }
        if (hasRecord()) {
          return true;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        sleep(left);
      }
    } finally {
      lifetime.leave();
    }
  }

  /// A ring is readable as soon as something is reserved, so the poller would return at once.
  private void sleep(long nanoseconds) {
    if (isEmpty()) {
      Poller.instance().park(number, nanoseconds);
    } else {
      LockSupport.parkNanos(this, Math.min(nanoseconds, BUSY_WAIT_NANOSECONDS));
    }
  }

  private boolean isEmpty() {
    return (long) RingMemory.POSITION.getAcquire(memory.consumer, 0L)
        == (long) RingMemory.POSITION.getAcquire(memory.producer, 0L);
  }

  /// A discarded record counts as well: consuming it is what makes the ring empty again.
  private boolean hasRecord() {
    long at = (long) RingMemory.POSITION.getAcquire(memory.consumer, 0L);
    return at != (long) RingMemory.POSITION.getAcquire(memory.producer, 0L)
        && ((int) RingMemory.LENGTH.getAcquire(memory.records, memory.place(at)) & RingMemory.BUSY)
            == 0;
  }

  /// A timeout as nanoseconds; `Duration` reaches further than a `long` of them.
  static long saturatedNanos(Duration timeout) {
    try {
      return Math.min(timeout.toNanos(), Long.MAX_VALUE / 2);
    } catch (ArithmeticException _) {
      return timeout.isNegative() ? 0 : Long.MAX_VALUE / 2;
    }
  }

  @Override
  public void close() {
    lifetime.close();
    Poller.wakeAll(number);
  }
}
