package org.bpf4j.handle;

import java.util.function.Function;

/// A map of maps as user space sees it: the only place where inner maps are made.
///
/// @param <K> the key
/// @param <M> the inner map's handle
public final class MapOfMapsHandle<K, M extends MapHandle<?, ?>> {

  private final KeyedObjects<K> objects;
  private final Function<LoadedMap, M> face;

  /// A typed face of a map of maps.
  ///
  /// @param face makes the typed face of an inner map
  public MapOfMapsHandle(LoadedMap map, Codec<K> keys, Function<LoadedMap, M> face) {
    this.objects = new KeyedObjects<>(map, keys);
    this.face = face;
  }

  /// Makes an inner map and puts it under a key, in place of what was there.
  public M create(K key) {
    return create(key, objects.map().inner().maxEntries());
  }

  /// Makes an inner map of a size of its own and puts it under a key, in place of what was there.
  ///
  /// @throws IllegalArgumentException if it is an array of another size than that of the
  ///   declaration, which says nothing of `MapFlag.INNER_MAP`
  public M create(K key, int maxEntries) {
    M inner = face.apply(objects.map().createInner(maxEntries));
    put(key, inner);
    return inner;
  }

  /// Puts a map under a key; it may be under several, and in several maps.
  ///
  /// @throws org.bpf4j.kernel.SyscallException if it has other types or sizes than the inner map of
  ///   the declaration
  public void put(K key, M inner) {
    objects.put(key, new MapObject.OfMap(inner.loaded()));
  }

  /// Takes the map of a key out; programs no longer find it.
  ///
  /// @return whether there was one
  public boolean remove(K key) {
    return objects.remove(key);
  }

  /// The map as bytes.
  public LoadedMap loaded() {
    return objects.map();
  }
}
