package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// A map whose keys come and go.
///
/// Keys are compared by their bytes. After a put or a remove, a reference that was got from the map
/// may stand for another entry, so the compiler asks to get it again.
///
/// @param <K> the key
/// @param <V> the value
public sealed interface BpfKeyedMap<K, V> extends BpfMap<K, V>
    permits BpfHashMap, BpfLruHashMap, BpfPerCpuHashMap, BpfLruPerCpuHashMap, BpfLpmTrie {

  /// The value of a key, or null if it is absent: a reference into the map where the value is a
  /// struct or an atomic, a copy otherwise.
  @Nullable V get(K key);

  /// The value of a key, or another if it is absent; for values that are copies, since a reference
  /// to a struct leads into the map or nowhere.
  V getOrDefault(K key, V otherwise);

  /// Copies a value into the map, whether the key is there or not.
  ///
  /// @return whether it was stored; false if the map is full
  boolean put(K key, V value);

  /// Copies a value into the map if the key is absent.
  ///
  /// @return whether it was stored; false if the key is there, or the map is full
  boolean putIfAbsent(K key, V value);

  /// Removes a key.
  ///
  /// @return whether it was there
  boolean remove(K key);

  /// Whether a key is there; it counts as a use of the key, like [#get].
  boolean containsKey(K key);
}
