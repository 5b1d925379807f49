package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.jspecify.annotations.Nullable;

/// Entries of a map that has no calls for many of them.
public final class SteppedBatch extends MapBatch {

  private final LoadedMap map;
  private final int capacity;
  private final int keyBytes;
  private final int valueBytes;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment keys;
  private final MemorySegment values;
  private @Nullable MapKeys walk;

  /// Memory for so many entries.
  public SteppedBatch(LoadedMap map, int capacity) {
    this.map = map;
    this.capacity = capacity;
    keyBytes = map.definition().keySize();
    valueBytes = map.valueBytes();
    keys = arena.allocate((long) capacity * keyBytes, Long.BYTES);
    values = arena.allocate((long) capacity * valueBytes, Long.BYTES);
  }

  @Override
  public MemorySegment keys() {
    return keys;
  }

  @Override
  public MemorySegment values() {
    return values;
  }

  @Override
  public int capacity() {
    return capacity;
  }

  private MemorySegment key(int index) {
    return keys.asSlice((long) index * keyBytes, keyBytes);
  }

  private MemorySegment value(int index) {
    return values.asSlice((long) index * valueBytes, valueBytes);
  }

  private MapKeys walk() {
    MapKeys known = walk;
    if (known == null) {
      known = new MapKeys(map, arena);
      walk = known;
    }
    return known;
  }

  @Override
  public int next() {
    MapKeys walk = walk();
    int read = 0;
    while (read < capacity && walk.advance()) {
      if (map.lookup(walk.key(), value(read))) {
        key(read++).copyFrom(walk.key());
      }
    }
    return read;
  }

  @Override
  public int takeNext() {
    MapKeys walk = walk();
    int read = 0;
    while (read < capacity && walk.advance()) {
      if (map.lookup(walk.key(), value(read)) && map.delete(walk.key())) {
        key(read++).copyFrom(walk.key());
      }
    }
    return read;
  }

  @Override
  public boolean isComplete() {
    return walk == null || !walk.wasCutShort();
  }

  @Override
  public int store(int count, UpdateMode mode) {
    int written = 0;
    while (written < count && map.update(key(written), value(written), mode)) {
      written++;
    }
    return written;
  }

  @Override
  public int erase(int count) {
    int present = 0;
    for (int i = 0; i < count; i++) {
      present += map.delete(key(i)) ? 1 : 0;
    }
    return present;
  }

  @Override
  public void close() {
    arena.close();
  }
}
