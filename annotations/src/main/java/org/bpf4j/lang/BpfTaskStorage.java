package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// Values that hang on tasks: one for each, which goes when it goes.
///
/// User space asks by process.
///
/// @param <V> the value: a [Struct] or an atomic
public final class BpfTaskStorage<V> implements LocalStorage {

  private BpfTaskStorage() {}

  /// Declares a map, as the initialiser of a `static final` field.
  public static <V> BpfTaskStorage<V> create() {
    return new BpfTaskStorage<>();
  }

  /// The value of an object, or null if it has none.
  ///
  /// @param owner a view of a `task_struct`, as the kernel gave it to the program
  public @Nullable V get(Object owner) {
    return value(owner, false);
  }

  /// The value of an object, a new one of zeroes if it has none; null if there is no memory, or the
  /// object is about to go.
  ///
  /// @param owner a view of a `task_struct`, as the kernel gave it to the program
  public @Nullable V getOrCreate(Object owner) {
    return value(owner, true);
  }

  @SuppressWarnings("unchecked") // only values of the declared type are in it
  private @Nullable V value(Object owner, boolean create) {
    return (V) Host.of(this).storage(this, owner, create);
  }

  /// Takes the value of an object away.
  ///
  /// @param owner a view of a `task_struct`, as the kernel gave it to the program
  /// @return whether it had one
  public boolean delete(Object owner) {
    return Host.of(this).deleteStorage(this, owner);
  }
}
