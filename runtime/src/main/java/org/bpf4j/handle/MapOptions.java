package org.bpf4j.handle;

import java.util.function.IntConsumer;

/// What can be changed about a map before it is created.
public final class MapOptions {

  private final IntConsumer maxEntries;

  MapOptions(IntConsumer maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Sets the greatest number of entries; for a ring its size in bytes.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public MapOptions maxEntries(int entries) {
    if (entries <= 0) {
      throw new IllegalArgumentException("maxEntries is " + entries + ", must be positive");
    }
    maxEntries.accept(entries);
    return this;
  }
}
