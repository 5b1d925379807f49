package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// Objects that programs make in the kernel's memory (Linux 6.2); not while a lock is held.
public final class BpfObjects {
  private BpfObjects() {}

  /// A new object, all zero, or null if there is no memory.
  ///
  /// @param type an [ObjectStruct]
  public static <T> @Nullable T allocate(Class<T> type) {
    return Host.current().make(type);
  }

  /// Gives an object back to the kernel. The program must not use it any more.
  ///
  /// @param object one that the program owns
  public static void free(Object object) {
    Host.current().drop(object);
  }
}
