package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/// A map of maps as user space sees it: the only place where inner maps are made.
///
/// @param <K> the key
/// @param <M> the inner map's handle
public final class MapOfMapsHandle<K, M extends MapHandle<?, ?>> {

  private final LoadedMap map;
  private final Codec<K> keys;
  private final Function<LoadedMap, M> face;

  /// A typed face of a map of maps.
  ///
  /// @param face makes the typed face of an inner map
  public MapOfMapsHandle(LoadedMap map, Codec<K> keys, Function<LoadedMap, M> face) {
    this.map = map;
    this.keys = keys;
    this.face = face;
  }

  /// Makes an inner map and puts it under a key, in place of what was there.
  public M create(K key) {
    M inner = face.apply(map.createInner());
    put(key, inner);
    return inner;
  }

  /// Puts a map under a key; it may be under several, and in several maps.
  ///
  /// @throws org.bpf4j.kernel.SyscallException if it has other types or sizes than the inner map of
  ///   the declaration
  public void put(K key, M inner) {
    try (Arena arena = Arena.ofConfined()) {
      map.assign(encoded(key, arena), new MapObject.OfMap(inner.loaded()));
    }
  }

  /// Takes the map of a key out; programs no longer find it.
  ///
  /// @return whether there was one
  public boolean remove(K key) {
    try (Arena arena = Arena.ofConfined()) {
      return map.delete(encoded(key, arena));
    }
  }

  private MemorySegment encoded(K key, Arena arena) {
    MemorySegment memory = arena.allocate(keys.bytes(), Long.BYTES);
    keys.encode(key, memory, 0);
    return memory;
  }

  /// The map as bytes.
  public LoadedMap loaded() {
    return map;
  }
}
