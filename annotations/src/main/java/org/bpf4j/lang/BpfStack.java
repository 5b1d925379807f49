package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// Values in reverse order: the last in is the first out.
///
/// All CPUs and user space share it. Values are copied in and out.
///
/// @param <V> the value: a number, a boolean, an enum, a record or a [Struct]
public final class BpfStack<V> {

  private final int maxEntries;

  private BpfStack(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the greatest number of values; a constant expression
  public static <V> BpfStack<V> create(int maxEntries) {
    return new BpfStack<>(maxEntries);
  }

  /// The greatest number of values, as declared; user space may have changed it before loading.
  public int maxEntries() {
    return maxEntries;
  }

  /// Adds a value.
  ///
  /// @return whether there was room
  public boolean push(V value) {
    return Host.of(this).maps().push(this, value, false);
  }

  /// Adds a value; if there is no room, the oldest makes way (`BPF_EXIST`).
  public void pushEvicting(V value) {
    Host.of(this).maps().push(this, value, true);
  }

  /// Takes the newest value out, or gives null if there is none.
  public @Nullable V pop() {
    return next(true);
  }

  /// The newest value, or null if there is none.
  public @Nullable V peek() {
    return next(false);
  }

  @SuppressWarnings("unchecked") // only values of the declared type are in it
  private @Nullable V next(boolean remove) {
    return (V) Host.of(this).maps().pop(this, remove);
  }
}
