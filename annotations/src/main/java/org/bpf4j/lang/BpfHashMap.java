package org.bpf4j.lang;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A hash table that all CPUs share.
///
/// Memory for all entries is taken when the map is made, so a program never waits for it; a full
/// map refuses new keys.
///
/// @param <K> the key: a number, a boolean, an enum, a record or a [Struct]
/// @param <V> the value: what a key may be, or an atomic
public final class BpfHashMap<K, V> implements BpfKeyedMap<K, V> {

  private final int maxEntries;

  private BpfHashMap(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the greatest number of entries; a constant expression
  public static <K, V> BpfHashMap<K, V> create(int maxEntries) {
    return new BpfHashMap<>(maxEntries);
  }

  @Override
  public int maxEntries() {
    return maxEntries;
  }

  @Override
  public @Nullable V get(K key) {
    return Host.of(this).get(this, key);
  }

  @Override
  public V getOrDefault(K key, V otherwise) {
    V found = get(key);
    return found == null ? otherwise : found;
  }

  @Override
  public boolean put(K key, V value) {
    return Host.of(this).put(this, key, value);
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    return Host.of(this).putIfAbsent(this, key, value);
  }

  /// Copies a value into the map if the key is there, at one go (`BPF_EXIST`).
  ///
  /// @return whether it was stored; false if the key is absent
  public boolean replace(K key, V value) {
    return Host.of(this).replace(this, key, value);
  }

  /// The value of a key, as [#get] gives it; if the key is absent, a fresh one is put before.
  ///
  /// It is a lookup, then a [#putIfAbsent], then a lookup: if another CPU puts the key meanwhile,
  /// what that one put stays and is what is given here, and the fresh value goes. So no key is put
  /// twice, and whoever counts in atomics loses nothing.
  ///
  /// @param fresh makes the value from the key, if it is absent
  /// @return the value, or null if the map is full, or if the key was removed meanwhile
  public @Nullable V computeIfAbsent(K key, Function<K, V> fresh) {
    return Host.of(this).computeIfAbsent(this, key, fresh);
  }

  @Override
  public boolean remove(K key) {
    return Host.of(this).remove(this, key);
  }

  @Override
  public boolean containsKey(K key) {
    return Host.of(this).containsKey(this, key);
  }

  /// Calls a function with each key and its value, in no particular order. It may remove the key
  /// that it was called with; whether it sees keys that are added meanwhile is open.
  ///
  /// @param body what is done with an entry; a value that is a struct or an atomic is a reference
  ///   into the map
  public void forEach(BiConsumer<K, V> body) {
    Host.of(this).forEach(this, body);
  }
}
