package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// Maps by key.
///
/// User space puts inner maps in and takes them out while programs run; all have the types of the
/// inner map that the declaration shows. Arrays have its size too, unless `@MapFlags(inner =
/// MapFlag.INNER_MAP)` says that they differ.
///
/// ```java
/// static final BpfHashOfMaps<Integer, BpfHashMap<Integer, Long>> tenants =
///     BpfHashOfMaps.create(64, BpfHashMap.create(1_024));
/// ```
///
/// @param <K> the key: a number, a boolean, an enum, a record or a [Struct]
/// @param <M> the inner map
public final class BpfHashOfMaps<K, M> {

  private final int maxEntries;

  private BpfHashOfMaps(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the greatest number of inner maps; a constant expression
  /// @param inner what inner maps look like
  public static <K, M> BpfHashOfMaps<K, M> create(int maxEntries, M inner) {
    return new BpfHashOfMaps<>(maxEntries);
  }

  /// The greatest number of inner maps, as declared; user space may have changed it before loading.
  public int maxEntries() {
    return maxEntries;
  }

  /// The inner map of a key, or null if there is none.
  @SuppressWarnings("unchecked") // inner maps are of the declared type
  public @Nullable M get(K key) {
    return (M) Host.of(this).maps().inner(this, key);
  }
}
