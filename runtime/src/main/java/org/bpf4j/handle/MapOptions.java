package org.bpf4j.handle;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// What can be changed about a map before it is created.
public final class MapOptions {

  private final IntConsumer maxEntries;
  private final Consumer<MapSource> source;

  MapOptions(IntConsumer maxEntries, Consumer<MapSource> source) {
    this.maxEntries = maxEntries;
    this.source = source;
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
    source.accept(new MapSource.Loaded(map));
    return this;
  }

  /// Takes a map that somebody made, instead of making one: `m ->
  /// m.share(Place.pin(Path.of("/sys/fs/bpf/blocked")))`.
  ///
  /// Loading fails with [org.bpf4j.kernel.NoSuchTargetException] if it is not there, and with
  /// [org.bpf4j.kernel.IncompatibleMapException] if it is another sort of map.
  public MapOptions share(Place place) {
    source.accept(new MapSource.Existing(place));
    return this;
  }

  /// Takes the map that is pinned under a path of a BPF file system, or makes one and pins it there
  /// if there is none; it outlives the process. [org.bpf4j.lang.Pinned] says so of a map for all
  /// who load it.
  ///
  /// Loading fails with [org.bpf4j.kernel.IncompatibleMapException] if another sort of map is
  /// there.
  public MapOptions pin(Path path) {
    source.accept(new MapSource.Pinned(path));
    return this;
  }
}
