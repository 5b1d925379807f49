package org.bpf4j.sim;

import org.jspecify.annotations.Nullable;

/// Records that programs wrote and user space has not read.
interface RecordQueue {

  /// Takes the oldest record, or returns null if there is none that is complete.
  byte @Nullable [] take();

  /// Whether [#take] would give a record.
  boolean isReady();

  /// How many records it counted as lost.
  long lost();
}
