package org.bpf4j.handle;

import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A map as user space sees it, typed.
///
/// Generated proxies add overloads without boxing. All methods are safe from several threads.
///
/// @param <K> the key
/// @param <V> the value; a `V[]`-like [PerCpuValues] for per-CPU maps
public interface MapHandle<K, V> {

  /// The value of a key, or null if it is absent.
  @Nullable V get(K key);

  /// The value of a key.
  ///
  /// @throws java.util.NoSuchElementException if it is absent
  V getOrThrow(K key);

  /// Whether a key is present.
  boolean containsKey(K key);

  /// Sets the value of a key.
  ///
  /// @throws org.bpf4j.kernel.MapFullException if the map has no room
  void put(K key, V value);

  /// Sets the value of a key that is absent.
  ///
  /// @return whether it was absent
  boolean putIfAbsent(K key, V value);

  /// Removes a key.
  ///
  /// @return whether it was present
  boolean remove(K key);

  /// Sets the values of many keys, as many at once as the kernel takes.
  ///
  /// @throws org.bpf4j.kernel.MapFullException if the map has no room for one; those before it in
  ///   the order of `entries` are written
  void putAll(Map<? extends K, ? extends V> entries);

  /// Removes many keys, as many at once as the kernel takes.
  ///
  /// @return how many were present
  int removeAll(Iterable<? extends K> gone);

  /// Calls the action for each entry, read many at once where the kernel can; entries that come or
  /// go meanwhile may be missed.
  ///
  /// @return whether every entry was seen that was there all the time, and none twice, as far as
  ///   the kernel tells: in maps that are walked key by key, removals by others may make it begin
  ///   anew
  boolean forEach(BiConsumer<? super K, ? super V> action);

  /// Removes each entry and calls the action for it: what programs add while this goes on may come
  /// too. Hash maps remove and read at the same time; of others, and before 5.6, an update between
  /// the two is lost.
  void drain(BiConsumer<? super K, ? super V> action);

  /// Removes every key (arrays: zeroes every value).
  void clear();

  /// The map as bytes.
  LoadedMap loaded();
}
