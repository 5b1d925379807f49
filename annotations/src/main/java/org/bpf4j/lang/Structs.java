package org.bpf4j.lang;

import java.util.function.Supplier;

/// Arrays whose elements are structs, side by side in memory.
///
/// `new Slot[8]` alone is eight times `null` in Java, and memory for eight structs in C; here both
/// say the same: `final Slot[] slots = Structs.fill(new Slot[8], Slot::new)`.
public final class Structs {

  private Structs() {}

  /// Puts a new struct into each element.
  ///
  /// @param array `new` with a constant length, if called in a program or by a member
  /// @param element the struct's constructor, `Slot::new`
  /// @return the array
  public static <T> T[] fill(T[] array, Supplier<? extends T> element) {
    for (int i = 0; i < array.length; i++) {
      array[i] = element.get();
    }
    return array;
  }

  /// Puts a new struct into each element of each row.
  ///
  /// @param array `new` with two constant lengths, if called in a program or by a member
  /// @param element the struct's constructor, `Slot::new`
  /// @return the array
  public static <T> T[][] fillRows(T[][] array, Supplier<? extends T> element) {
    for (T[] row : array) {
      fill(row, element);
    }
    return array;
  }
}
