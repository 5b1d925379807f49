package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// Objects that programs make in the kernel's memory (Linux 6.2); made and freed while no lock is
/// held.
public final class BpfObjects {
  private BpfObjects() {}

  /// A new object, all zero, or null if there is no memory.
  ///
  /// @param type an [ObjectStruct]
  public static <T> @Nullable T allocate(Class<T> type) {
    return Host.current().objects().make(type);
  }

  /// One more reference to an object, which the program owns beside the first, and gives away by
  /// itself; null if the object is on its way out (Linux 6.6).
  ///
  /// @param object an [ObjectStruct] with a [BpfRefcount], which the program owns, or which a list
  ///   or tree shows
  public static <T> @Nullable T share(T object) {
    return Host.current().objects().share(object);
  }

  /// Gives an object back to the kernel. The program must not use it any more.
  ///
  /// @param object one that the program owns
  public static void free(Object object) {
    Host.current().objects().drop(object);
  }
}
