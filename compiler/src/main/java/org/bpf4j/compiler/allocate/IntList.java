package org.bpf4j.compiler.allocate;

import java.util.Arrays;

/// A growing array of numbers.
final class IntList {

  private int[] values = new int[4];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  int get(int index) {
    return values[index];
  }

  void set(int index, int value) {
    values[index] = value;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int removeLast() {
    return values[--size];
  }

  /// Forgets what is behind the first `newSize`.
  void shrink(int newSize) {
    size = newSize;
  }
}
