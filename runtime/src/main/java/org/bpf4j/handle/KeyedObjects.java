package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A map of objects of the kernel under keys of the program's type: sockets, other maps.
///
/// @param map the map as bytes
/// @param keys how keys lie in memory
/// @param <K> the key
record KeyedObjects<K>(LoadedMap map, Codec<K> keys) {

  /// Puts an object under a key, in place of what was there.
  void put(K key, MapObject object) {
    try (Arena arena = Arena.ofConfined()) {
      map.assign(encoded(key, arena), object);
    }
  }

  /// Takes the object of a key out.
  ///
  /// @return whether there was one
  boolean remove(K key) {
    try (Arena arena = Arena.ofConfined()) {
      return map.delete(encoded(key, arena));
    }
  }

  private MemorySegment encoded(K key, Arena arena) {
    MemorySegment memory = arena.allocate(keys.bytes(), Long.BYTES);
    keys.encode(key, memory, 0);
    return memory;
  }
}
