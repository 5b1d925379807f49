package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.time.Duration;

/// A ring buffer in a kernel, as bytes; [RingReader] is its typed face.
public interface LoadedRing {

  /// Hands every record that is there to the consumer, oldest first.
  ///
  /// A record is consumed even if the consumer throws; the exception then leaves this method.
  ///
  /// @return the number of records
  int consume(RecordConsumer consumer);

  /// Waits until a record is there or the time is over.
  ///
  /// @return whether a record is there
  /// @throws InterruptedException if the thread is interrupted; the ring is intact
  boolean await(Duration timeout) throws InterruptedException;

  /// How many records the kernel says were lost, if it counts them; those of ring buffers are
  /// counted by programs.
  default long lost() {
    return 0;
  }

  /// Takes one record.
  @FunctionalInterface
  interface RecordConsumer {

    /// Takes a record; the segment dies when this method returns.
    void accept(MemorySegment segment);
  }
}
