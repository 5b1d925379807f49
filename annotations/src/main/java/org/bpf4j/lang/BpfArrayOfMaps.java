package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// Maps by index.
///
/// User space puts inner maps in and takes them out while programs run; all have the types of the
/// inner map that the declaration shows. Arrays have its size too, unless `@MapFlags(inner =
/// MapFlag.INNER_MAP)` says that they differ.
///
/// ```java
/// static final BpfArrayOfMaps<BpfHashMap<Integer, Long>> tenants =
///     BpfArrayOfMaps.create(64, BpfHashMap.create(1_024));
/// ```
///
/// @param <M> the inner map
public final class BpfArrayOfMaps<M> {

  private final int maxEntries;

  private BpfArrayOfMaps(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the number of slots; a constant expression
  /// @param inner what inner maps look like
  public static <M> BpfArrayOfMaps<M> create(int maxEntries, M inner) {
    return new BpfArrayOfMaps<>(maxEntries);
  }

  /// The greatest number of inner maps, as declared; user space may have changed it before loading.
  public int maxEntries() {
    return maxEntries;
  }

  /// The inner map of a key, or null if there is none.
  @SuppressWarnings("unchecked") // inner maps are of the declared type
  public @Nullable M get(int key) {
    return (M) Host.of(this).maps().inner(this, key);
  }
}
