package org.bpf4j.sys;

/// Records that threads wait for, by [RecordWait].
interface Awaited {

  /// Its life: a wait is a call.
  Lifetime lifetime();

  /// Whether a record can be consumed, be it one that was discarded.
  boolean hasRecord();

  /// Whether nothing is there, not even a record that is still being written.
  boolean isEmpty();

  /// The descriptor that is readable as soon as it is not empty.
  int number();

  /// Makes ready what the descriptor needs to become readable.
  default void arm() {}
}
