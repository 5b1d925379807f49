package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A ring buffer in a kernel, as bytes; [RingReader] is its typed face.
public interface LoadedRing extends Pinnable {

  /// What it is called in messages and recordings.
  default String name() {
    return "ring";
  }

  /// Hands every record that is there to the consumer where it lies, oldest first; nothing is
  /// copied or allocated for a record.
  ///
  /// The memory is the ring's: a record stays as it is until this method returns, and then programs
  /// write over it. A record is consumed even if the consumer throws; the exception then leaves
  /// this method.
  ///
  /// @return the number of records
  int consumeInPlace(PlacedConsumer consumer);

  /// Hands every record that is there to the consumer, as a segment that dies when this method
  /// returns.
  ///
  /// @return the number of records
  default int consume(RecordConsumer consumer) {
    return consumeInPlace((memory, at, bytes) -> consumer.accept(memory.asSlice(at, bytes)));
  }

  /// Waits until a record is there or the time is over.
  ///
  /// @return whether a record is there
  /// @throws InterruptedException if the thread is interrupted; the ring is intact
  boolean await(Duration timeout) throws InterruptedException;

  /// Waits until a record is in this ring or another one, or the time is over.
  ///
  /// @param others rings of the same kernel
  /// @return whether there is a record
  /// @throws InterruptedException if the thread is interrupted; the rings are intact
  boolean awaitAny(List<? extends LoadedRing> others, Duration timeout) throws InterruptedException;

  /// Waits as [#await] does, but keeps the CPU and looks for a record again and again, so that the
  /// thread need not be woken first. A virtual thread keeps its carrier as well.
  ///
  /// Each look takes the memory that a program writes away from its CPU, and each time that a
  /// reader has read everything, the kernel interrupts the program to wake readers, asleep or not.
  /// So a program that submits one record after the other runs at least twice as fast beside a
  /// reader that pauses. An interrupt, or that the ring is closed, is seen at the next look as
  /// well.
  ///
  /// @param pause the time between two looks: a record is seen about that much later. Some twenty
  ///   microseconds serve a busy ring best; less serves who needs each record at once
  /// @return whether a record is there
  /// @throws InterruptedException if the thread is interrupted; the ring is intact
  /// @throws IllegalStateException if the ring is closed, also meanwhile
  default boolean spin(Duration timeout, Duration pause) throws InterruptedException {
    long begin = System.nanoTime();
    long most = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    long between = TimeUnit.NANOSECONDS.convert(pause);
    while (!await(Duration.ZERO)) {
      long look = System.nanoTime();
      long left = most - (look - begin);
      if (left <= 0) {
        return false;
      }
      do {
        Thread.onSpinWait();
      } while (System.nanoTime() - look < Math.min(between, left));
    }
    return true;
  }

  /// How many records the kernel says were lost, if it counts them; those of ring buffers are
  /// counted by programs.
  default long lost() {
    return 0;
  }

  /// Takes one record where it lies.
  @FunctionalInterface
  interface PlacedConsumer {

    /// Takes a record.
    ///
    /// @param memory what it lies in, with other records
    /// @param at where it begins, a multiple of 8
    /// @param bytes its size
    void accept(MemorySegment memory, long at, int bytes);
  }

  /// Takes one record.
  @FunctionalInterface
  interface RecordConsumer {

    /// Takes a record; the segment dies when consuming ends.
    void accept(MemorySegment segment);
  }
}
