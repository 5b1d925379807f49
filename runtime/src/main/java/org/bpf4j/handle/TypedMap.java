package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.jspecify.annotations.Nullable;

/// A map whose keys and values are encoded by codecs.
///
/// Generated subclasses add overloads without boxing: they [#borrow] memory for one key and one
/// value, fill it, call [#find], [#store] or [#erase], and [#giveBack]. That allocates nothing once
/// the pool is filled.
///
/// @param <K> the key
/// @param <V> the value
public class TypedMap<K, V> implements MapHandle<K, V> {

  /// How many threads use a map at a time without allocating: `POOL` entries of one key and value.
  private static final int POOL = 8;

  private final LoadedMap map;
  private final Codec<K> keys;
  private final Codec<V> values;
  private final AtomicReferenceArray<@Nullable Entry> pool = new AtomicReferenceArray<>(POOL);

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

  /// Memory for a key and a value, native and zero at first.
  protected static final class Entry {

    private final MemorySegment key;
    private final MemorySegment value;

    private Entry(int keyBytes, int valueBytes) {
      Arena arena = Arena.ofAuto();
      key = arena.allocate(keyBytes, Long.BYTES);
      value = arena.allocate(valueBytes, Long.BYTES);
    }

    /// Where the key stands.
    public MemorySegment key() {
      return key;
    }

    /// Where the value stands.
    public MemorySegment value() {
      return value;
    }
  }

  /// Takes memory from the pool; it is this thread's until it is [given back][#giveBack].
  protected final Entry borrow() {
    for (int i = 0; i < POOL; i++) {
      Entry entry = pool.getAndSet(i, null);
      if (entry != null) {
        return entry;
      }
    }
    return new Entry(keys.bytes(), values.bytes());
  }

  /// Returns memory to the pool.
  protected final void giveBack(Entry entry) {
    for (int i = 0; i < POOL; i++) {
      if (pool.compareAndSet(i, null, entry)) {
        return;
      }
    }
  }

  /// Reads the value of the entry's key into it.
  ///
  /// @return whether the key is present
  protected final boolean find(Entry entry) {
    return map.lookup(entry.key, entry.value);
  }

  /// Writes the entry.
  ///
  /// @return whether it was written
  protected final boolean store(Entry entry, UpdateMode mode) {
    return map.update(entry.key, entry.value, mode);
  }

  /// Removes the entry's key.
  ///
  /// @return whether it was present
  protected final boolean erase(Entry entry) {
    return map.delete(entry.key);
  }

  /// The exception for a key that is absent.
  protected final NoSuchElementException absent(Object key) {
    return new NoSuchElementException("map `" + map.definition().name() + "` has no key " + key);
  }

  @Override
  public @Nullable V get(K key) {
    Entry entry = borrow();
    try {
      keys.encode(key, entry.key, 0);
      return find(entry) ? values.decode(entry.value, 0) : null;
    } finally {
      giveBack(entry);
    }
  }

  @Override
  public V getOrThrow(K key) {
    Entry entry = borrow();
    try {
      keys.encode(key, entry.key, 0);
      if (!find(entry)) {
        throw absent(key);
      }
      return values.decode(entry.value, 0);
    } finally {
      giveBack(entry);
    }
  }

  @Override
  public boolean containsKey(K key) {
    Entry entry = borrow();
    try {
      keys.encode(key, entry.key, 0);
      return find(entry);
    } finally {
      giveBack(entry);
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
    Entry entry = borrow();
    try {
      keys.encode(key, entry.key, 0);
      values.encode(value, entry.value, 0);
      return store(entry, mode);
    } finally {
      giveBack(entry);
    }
  }

  @Override
  public boolean remove(K key) {
    Entry entry = borrow();
    try {
      keys.encode(key, entry.key, 0);
      return erase(entry);
    } finally {
      giveBack(entry);
    }
  }

  @Override
  public void forEach(BiConsumer<? super K, ? super V> action) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(values.bytes(), Long.BYTES);
      MapKeys walk = new MapKeys(map, arena);
      while (walk.advance()) {
        if (map.lookup(walk.key(), value)) {
          action.accept(keys.decode(walk.key(), 0), values.decode(value, 0));
        }
      }
    }
  }

  @Override
  public void clear() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment zero = arena.allocate(values.bytes(), Long.BYTES);
      MapKeys walk = new MapKeys(map, arena);
      while (walk.advance()) {
        if (map.definition().kind().isArray()) {
          map.update(walk.key(), zero, UpdateMode.ANY);
        } else {
          map.delete(walk.key());
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
