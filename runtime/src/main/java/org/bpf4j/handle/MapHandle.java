package org.bpf4j.handle;

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

  /// Calls the action for each entry; entries that come or go meanwhile may be missed.
  void forEach(BiConsumer<? super K, ? super V> action);

  /// Removes every key (arrays: zeroes every value).
  void clear();

  /// The map as bytes.
  LoadedMap loaded();
}
