package org.bpf4j.handle;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.jspecify.annotations.Nullable;

/// A map whose keys and values are encoded by codecs.
///
/// Generated subclasses add overloads without boxing: they take an [#access] and write key and
/// value where the kernel reads them, which allocates nothing.
///
/// @param <K> the key
/// @param <V> the value
public class TypedMap<K, V> implements MapHandle<K, V> {

  /// About how much memory entries are moved through, in bytes: many enough at a time that a call
  /// of the kernel costs little for each.
  private static final int BATCH_BYTES = 1 << 17;

  private static final int LEAST_BATCH = 64;

  private final LoadedMap map;
  private final Codec<K> keys;
  private final Codec<V> values;

  /// A typed face of a map.
  ///
  /// @throws IllegalArgumentException if the codecs have other sizes than the map
  public TypedMap(LoadedMap map, Codec<K> keys, Codec<V> values) {
    this.map = map;
    this.keys = keys;
    this.values = values;
    if (keys.bytes() != map.definition().keySize() || values.bytes() != map.valueBytes()) {
      throw new IllegalArgumentException(
          "map `%s` has keys and values of %d and %d bytes, the codecs %d and %d"
              .formatted(
                  map.definition().name(),
                  map.definition().keySize(),
                  map.valueBytes(),
                  keys.bytes(),
                  values.bytes()));
    }
  }

  /// Memory for one key and one value; it is this thread's until it is closed. With the views that
  /// a skeleton has of structs, nothing is allocated for a call.
  public final MapAccess access() {
    return map.access();
  }

  /// The exception for a key that is absent.
  protected final NoSuchElementException absent(Object key) {
    return new NoSuchElementException("map `" + map.definition().name() + "` has no key " + key);
  }

  @Override
  public @Nullable V get(K key) {
    try (MapAccess access = access()) {
      keys.encode(key, access.key(), 0);
      return access.find() ? values.decode(access.value(), 0) : null;
    }
  }

  @Override
  public V getOrThrow(K key) {
    try (MapAccess access = access()) {
      keys.encode(key, access.key(), 0);
      if (!access.find()) {
        throw absent(key);
      }
      return values.decode(access.value(), 0);
    }
  }

  @Override
  public boolean containsKey(K key) {
    try (MapAccess access = access()) {
      keys.encode(key, access.key(), 0);
      return access.find();
    }
  }

  @Override
  public void put(K key, V value) {
    update(key, value, UpdateMode.ANY);
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    return update(key, value, UpdateMode.IF_ABSENT);
  }

  private boolean update(K key, V value, UpdateMode mode) {
    try (MapAccess access = access()) {
      keys.encode(key, access.key(), 0);
      values.encode(value, access.value(), 0);
      return access.store(mode);
    }
  }

  @Override
  public boolean remove(K key) {
    try (MapAccess access = access()) {
      keys.encode(key, access.key(), 0);
      return access.erase();
    }
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> entries) {
    try (MapBatch batch = batch()) {
      int filled = 0;
      for (Map.Entry<? extends K, ? extends V> entry : entries.entrySet()) {
        keys.encode(entry.getKey(), batch.keys(), (long) filled * keys.bytes());
        values.encode(entry.getValue(), batch.values(), (long) filled * values.bytes());
        if (++filled == batch.capacity()) {
          batch.store(filled, UpdateMode.ANY);
          filled = 0;
        }
      }
      batch.store(filled, UpdateMode.ANY);
    }
  }

  @Override
  public int removeAll(Iterable<? extends K> gone) {
    int removed = 0;
    try (MapBatch batch = batch()) {
      int filled = 0;
      for (K key : gone) {
        keys.encode(key, batch.keys(), (long) filled * keys.bytes());
        if (++filled == batch.capacity()) {
          removed += batch.erase(filled);
          filled = 0;
        }
      }
      return removed + batch.erase(filled);
    }
  }

  @Override
  public boolean forEach(BiConsumer<? super K, ? super V> action) {
    try (MapBatch batch = batch()) {
      for (int count = batch.next(); count > 0; count = batch.next()) {
        accept(batch, count, action);
      }
      return batch.isComplete();
    }
  }

  @Override
  public void drain(BiConsumer<? super K, ? super V> action) {
    try (MapBatch batch = batch()) {
      for (int count = batch.takeNext(); count > 0; count = batch.takeNext()) {
        accept(batch, count, action);
      }
    }
  }

  private void accept(MapBatch batch, int count, BiConsumer<? super K, ? super V> action) {
    for (int i = 0; i < count; i++) {
      action.accept(
          keys.decode(batch.keys(), (long) i * keys.bytes()),
          values.decode(batch.values(), (long) i * values.bytes()));
    }
  }

  private MapBatch batch() {
    int fitting = Math.max(LEAST_BATCH, BATCH_BYTES / (keys.bytes() + values.bytes()));
    long most = Integer.toUnsignedLong(map.definition().maxEntries());
    return map.batch(Math.clamp(most, 1, fitting));
  }

  @Override
  public void clear() {
    try (MapBatch batch = batch()) {
      boolean array = map.definition().kind().isArray();
      for (int count = batch.next(); count > 0; count = batch.next()) {
        if (array) {
          batch.values().fill((byte) 0);
          batch.store(count, UpdateMode.ANY);
        } else {
          batch.erase(count);
        }
      }
    }
  }

  @Override
  public LoadedMap loaded() {
    return map;
  }

  /// The map's name.
  @Override
  public String toString() {
    return "map " + map.definition().name();
  }
}
