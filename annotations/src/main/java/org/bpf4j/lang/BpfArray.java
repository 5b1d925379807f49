package org.bpf4j.lang;

import java.util.function.BiConsumer;

/// An array that all CPUs share.
///
/// Its elements exist from the start, all bytes zero, and cannot be removed.
///
/// @param <V> the value: a number, a boolean, an enum, a record, a [Struct] or an atomic
public final class BpfArray<V> implements BpfMap<Integer, V> {

  private final int maxEntries;

  private BpfArray(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the number of elements; a constant expression
  public static <V> BpfArray<V> create(int maxEntries) {
    return new BpfArray<>(maxEntries);
  }

  @Override
  public int maxEntries() {
    return maxEntries;
  }

  /// The element at an index: a reference into the map where the value is a struct or an atomic, a
  /// copy otherwise.
  ///
  /// @throws IndexOutOfBoundsException if there is no such index; the program aborts
  public V get(int index) {
    return Host.of(this).element(this, index);
  }

  /// Copies a value into the element at an index.
  ///
  /// @throws IndexOutOfBoundsException if there is no such index; the program aborts
  public void put(int index, V value) {
    Host.of(this).element(this, index, value);
  }

  /// Calls a function with each index and its element, in order.
  public void forEach(BiConsumer<Integer, V> body) {
    Host.of(this).forEach(this, body);
  }
}
