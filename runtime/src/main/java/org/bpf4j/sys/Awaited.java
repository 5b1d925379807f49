package org.bpf4j.sys;

import java.time.Duration;
import java.util.List;
import org.bpf4j.handle.LoadedRing;

/// A stream of records in Linux that threads wait for, by [RecordWait].
interface Awaited extends LoadedRing {

  /// Its life: a wait is a call.
  Lifetime lifetime();

  /// Whether a record can be consumed, be it one that was discarded.
  boolean hasRecord();

  /// Whether nothing is there, not even a record that is still being written.
  boolean isEmpty();

  /// The descriptor that is readable as soon as it is not empty.
  int number();

  @Override
  default boolean await(Duration timeout) throws InterruptedException {
    return RecordWait.await(List.of(this), timeout);
  }

  @Override
  default boolean awaitAny(List<? extends LoadedRing> others, Duration timeout)
      throws InterruptedException {
    return RecordWait.await(RecordWait.together(this, others), timeout);
  }

  /// Makes ready what the descriptor needs to become readable.
  default void arm() {}
}
