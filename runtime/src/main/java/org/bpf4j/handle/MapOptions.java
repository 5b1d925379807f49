package org.bpf4j.handle;

import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// What can be changed about a map before it is created.
public final class MapOptions {

  private final IntConsumer maxEntries;
  private final Consumer<LoadedMap> shared;

  MapOptions(IntConsumer maxEntries, Consumer<LoadedMap> shared) {
    this.maxEntries = maxEntries;
    this.shared = shared;
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

  /// Takes a map that exists, such as another skeleton's, instead of making one: `m ->
  /// m.share(other.blocked().loaded())`. Both then see the same entries; each may be closed first.
  ///
  /// Loading fails with [org.bpf4j.kernel.IncompatibleMapException] if it is another sort of map.
  public MapOptions share(LoadedMap map) {
    shared.accept(map);
    return this;
  }
}
