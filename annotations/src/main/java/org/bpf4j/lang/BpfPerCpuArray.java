package org.bpf4j.lang;

import java.util.function.BiConsumer;

/// An array of which each CPU has one of its own.
///
/// A program reads and writes the elements of the CPU that it runs on, so counting needs no
/// atomics; user space sees the elements of all CPUs. They exist from the start, all bytes zero.
///
/// @param <V> the value: a number, a boolean, an enum, a record, a [Struct] or an atomic
public final class BpfPerCpuArray<V> implements BpfMap<Integer, V> {

  private final int maxEntries;

  private BpfPerCpuArray(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the number of elements; a constant expression
  public static <V> BpfPerCpuArray<V> create(int maxEntries) {
    return new BpfPerCpuArray<>(maxEntries);
  }

  @Override
  public int maxEntries() {
    return maxEntries;
  }

  /// The element of this CPU at an index: a reference into the map where the value is a struct or
  /// an atomic, a copy otherwise.
  ///
  /// @throws IndexOutOfBoundsException if there is no such index; the program aborts
  public V get(int index) {
    return Host.of(this).element(this, index);
  }

  /// The element of a CPU at an index, like [#get]; it may change meanwhile, since that CPU does
  /// not wait.
  ///
  /// @throws IndexOutOfBoundsException if there is no such index or CPU; the program aborts
  public V getOnCpu(int index, int cpu) {
    V element = Host.of(this).getOnCpu(this, index, cpu);
    if (element == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return element;
  }

  /// Copies a value into the element of this CPU at an index.
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
