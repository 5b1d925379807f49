package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.bpf4j.handle.LoadedMap.UpdateMode;

/// A bloom filter as user space sees it.
///
/// @param <V> the value
public final class BloomFilterHandle<V> {

  private final LoadedMap map;
  private final Codec<V> values;

  /// A typed face of a bloom filter.
  public BloomFilterHandle(LoadedMap map, Codec<V> values) {
    this.map = map;
    this.values = values;
  }

  /// Adds a value.
  public void add(V value) {
    try (Arena arena = Arena.ofConfined()) {
      map.update(MemorySegment.NULL, encoded(value, arena), UpdateMode.ANY);
    }
  }

  /// Whether the value was added, perhaps: false is certain.
  public boolean mightContain(V value) {
    try (Arena arena = Arena.ofConfined()) {
      return map.lookup(MemorySegment.NULL, encoded(value, arena));
    }
  }

  private MemorySegment encoded(V value, Arena arena) {
    MemorySegment memory = arena.allocate(values.bytes(), Long.BYTES);
    values.encode(value, memory, 0);
    return memory;
  }

  /// The map as bytes.
  public LoadedMap loaded() {
    return map;
  }
}
