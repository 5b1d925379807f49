package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.bpf4j.event.Events;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;

/// Reads the records of a ring buffer, oldest first.
///
/// Each record goes to one reader. Threads may share it; they take turns.
///
/// @param <E> the record
public final class RingReader<E> {

  private final LoadedRing ring;
  private final Codec<E> codec;
  private final LongSupplier lost;
  private final ReentrantLock turn = new ReentrantLock();
  private long recordedLost;
  private boolean isCounted = true;

  private record Waiting<E>(E record, byte[] rest) {}

  /// Records that were consumed together with one that [#take] wanted.
  private final Queue<Waiting<E>> waiting = new ArrayDeque<>();

  /// A typed face of a ring.
  ///
  /// @param lost reads the counter of records for which there was no room
  public RingReader(LoadedRing ring, Codec<E> codec, LongSupplier lost) {
    this.ring = ring;
    this.codec = codec;
    this.lost = lost;
  }

  /// Hands on every record that is there, without waiting.
  ///
  /// If the consumer throws, the record it was given counts as consumed, the others stay, and the
  /// exception leaves this method.
  ///
  /// @return the number of records
  public int consume(Consumer<? super E> consumer) {
    turn.lock();
    try {
      int count = 0;
      for (Waiting<E> next = waiting.poll(); next != null; next = waiting.poll()) {
        count++;
        consumer.accept(next.record());
      }
      return count
          + ring.consumeInPlace((memory, at, bytes) -> consumer.accept(decode(memory, at, bytes)));
    } finally {
      recordLost();
      turn.unlock();
    }
  }

  /// Hands on every record that is there together with what lies behind it, without waiting: the
  /// packet's bytes of `outputWithPacket`, or the end of a `RingRecord`. A perf buffer pads both to
  /// a multiple of 8 bytes with its length of 4, so up to 7 bytes behind them hold anything.
  ///
  /// If the consumer throws, it is as with [#consume].
  ///
  /// @return the number of records
  public int consumeWithRest(BiConsumer<? super E, byte[]> consumer) {
    turn.lock();
    try {
      int count = 0;
      for (Waiting<E> next = waiting.poll(); next != null; next = waiting.poll()) {
        count++;
        consumer.accept(next.record(), next.rest());
      }
      return count
          + ring.consumeInPlace(
              (memory, at, bytes) ->
                  consumer.accept(decode(memory, at, bytes), rest(memory, at, bytes)));
    } finally {
      recordLost();
      turn.unlock();
    }
  }

  /// A record that is shorter than its struct ends with zeroes.
  private E decode(MemorySegment memory, long at, int bytes) {
    if (bytes >= codec.bytes()) {
      return codec.decode(memory, at);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment whole = arena.allocate(codec.bytes(), Long.BYTES);
      return codec.decode(whole.copyFrom(memory.asSlice(at, bytes)), 0);
    }
  }

  private byte[] rest(MemorySegment memory, long at, int bytes) {
    int from = Math.min(codec.bytes(), bytes);
    return memory.asSlice(at + from, bytes - from).toArray(ValueLayout.JAVA_BYTE);
  }

  /// Hands on every record that is there where it lies, without waiting: nothing is copied or
  /// allocated for a record. A skeleton's views read its fields. What [#take] consumed already is
  /// not among them.
  ///
  /// @return the number of records
  public int consumeInPlace(LoadedRing.PlacedConsumer consumer) {
    turn.lock();
    try {
      return ring.consumeInPlace(consumer);
    } finally {
      recordLost();
      turn.unlock();
    }
  }

  /// Waits until a record is there or the time is over, then hands on every record that is there
  /// where it lies, as [#consumeInPlace] does.
  ///
  /// @return the number of records
  /// @throws InterruptedException if the thread is interrupted; no record is lost
  public int pollInPlace(Duration timeout, LoadedRing.PlacedConsumer consumer)
      throws InterruptedException {
    int count = consumeInPlace(consumer);
    if (count > 0 || !ring.await(timeout)) {
      return count;
    }
    return consumeInPlace(consumer);
  }

  /// Does what [#pollInPlace] does, but keeps the CPU while it waits, as [LoadedRing#spin] has it.
  ///
  /// @param pause the time between two looks, such as twenty microseconds
  /// @return the number of records
  /// @throws InterruptedException if the thread is interrupted; no record is lost
  public int spinInPlace(Duration timeout, Duration pause, LoadedRing.PlacedConsumer consumer)
      throws InterruptedException {
    int count = consumeInPlace(consumer);
    if (count > 0 || !ring.spin(timeout, pause)) {
      return count;
    }
    return consumeInPlace(consumer);
  }

  /// Waits until a record is there or the time is over, then hands on every record that is there.
  ///
  /// @return the number of records
  /// @throws InterruptedException if the thread is interrupted; no record is lost
  public int poll(Duration timeout, Consumer<? super E> consumer) throws InterruptedException {
    int count = consume(consumer);
    if (count > 0 || !ring.await(timeout)) {
      return count;
    }
    return consume(consumer);
  }

  /// Waits until a record is there or the time is over, then hands on every record that is there
  /// together with what lies behind it, as [#consumeWithRest] does.
  ///
  /// @return the number of records
  /// @throws InterruptedException if the thread is interrupted; no record is lost
  public int pollWithRest(Duration timeout, BiConsumer<? super E, byte[]> consumer)
      throws InterruptedException {
    int count = consumeWithRest(consumer);
    if (count > 0 || !ring.await(timeout)) {
      return count;
    }
    return consumeWithRest(consumer);
  }

  /// Waits for a record and takes it.
  ///
  /// @return the record, or nothing if the time is over
  /// @throws InterruptedException if the thread is interrupted; no record is lost
  public Optional<E> take(Duration timeout) throws InterruptedException {
    Optional<E> record = next();
    if (record.isPresent() || !ring.await(timeout)) {
      return record;
    }
    return next();
  }

  private Optional<E> next() {
    turn.lock();
    try {
      if (waiting.isEmpty()) {
        ring.consumeInPlace(
            (memory, at, bytes) ->
                waiting.add(new Waiting<>(decode(memory, at, bytes), rest(memory, at, bytes))));
      }
      return Optional.ofNullable(waiting.poll()).map(Waiting::record);
    } finally {
      recordLost();
      turn.unlock();
    }
  }

  /// Says in a recording, if there is one, that more were lost than when it last looked.
  private void recordLost() {
    if (isCounted && Events.wantsLost()) {
      long now = counted();
      if (now > recordedLost) {
        Events.lost(ring.name(), now - recordedLost);
        recordedLost = now;
      }
    }
  }

  /// The counter of a ring that somebody else made may be where this process cannot see it.
  private long counted() {
    try {
      return lost();
    } catch (NoSuchTargetException | UnsupportedFeatureException _) {
      isCounted = false;
      return 0;
    }
  }

  /// How many records were lost so far because the ring had no room.
  ///
  /// @throws NoSuchTargetException if somebody else made the ring, and its counter is not to be
  ///   found
  public long lost() {
    return lost.getAsLong();
  }

  /// The ring as bytes.
  public LoadedRing loaded() {
    return ring;
  }
}
