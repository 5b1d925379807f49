package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.object.MapDefinition;

/// A ring buffer in Linux, read through memory shared with it.
///
/// Its first page holds the consumer's position, which is ours to write; the second the producer's,
/// followed by the data twice in a row, so that no record is ever split. Positions only grow
/// (`kernel/bpf/ringbuf.c`).
public final class KernelRing implements LoadedRing, AutoCloseable {

  /// `BPF_RINGBUF_BUSY_BIT`: reserved and not yet submitted.
  private static final int BUSY = 1 << 31;

  /// `BPF_RINGBUF_DISCARD_BIT`.
  private static final int DISCARDED = 1 << 30;

  /// `BPF_RINGBUF_HDR_SZ`; the length is in the first four bytes.
  private static final int HEADER_BYTES = 8;

  /// How long to wait for a record that is reserved but not yet submitted: a program takes
  /// microseconds.
  private static final long BUSY_WAIT_NANOSECONDS = 50_000;

  private static final VarHandle POSITION = JAVA_LONG.varHandle();
  private static final VarHandle LENGTH = JAVA_INT.varHandle();

  private final Descriptor descriptor;
  private final int number;
  private final Lifetime lifetime;
  private final long mask;
  private final MemorySegment consumer;
  private final MemorySegment producer;
  private final MemorySegment records;
  private final ReentrantLock turn = new ReentrantLock();

  /// Takes ownership of a ring's descriptor and maps its memory.
  public KernelRing(MapDefinition definition, Descriptor descriptor) {
    this.descriptor = descriptor;
    number = descriptor.number();
    int bytes = definition.maxEntries();
    mask = bytes - 1L;
    Arena arena = Arena.ofShared();
    consumer = Memory.map(descriptor, Native.PAGE_BYTES, 0, true, arena);
    producer =
        Memory.map(descriptor, Native.PAGE_BYTES + 2L * bytes, Native.PAGE_BYTES, false, arena);
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
    long at = (long) POSITION.getOpaque(consumer, 0L);
    while (at != (long) POSITION.getAcquire(producer, 0L)) {
      long place = at & mask;
      int header = (int) LENGTH.getAcquire(records, place);
      if ((header & BUSY) != 0) {
        break;
      }
      int length = header & ~DISCARDED;
      at += (HEADER_BYTES + length + 7L) & ~7L;
      try {
        if ((header & DISCARDED) == 0) {
          count++;
          hand(taker, records.asSlice(place + HEADER_BYTES, length));
        }
      } finally {
        POSITION.setRelease(consumer, 0L, at);
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
    return (long) POSITION.getAcquire(consumer, 0L) == (long) POSITION.getAcquire(producer, 0L);
  }

  /// A discarded record counts as well: consuming it is what makes the ring empty again.
  private boolean hasRecord() {
    long at = (long) POSITION.getAcquire(consumer, 0L);
    return at != (long) POSITION.getAcquire(producer, 0L)
        && ((int) LENGTH.getAcquire(records, at & mask) & BUSY) == 0;
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
