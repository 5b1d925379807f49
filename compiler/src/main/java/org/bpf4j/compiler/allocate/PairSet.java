package org.bpf4j.compiler.allocate;

import java.util.Arrays;

/// A set of unordered pairs of numbers, hashed openly: the interference graph has many, and boxing
/// them would cost more than all else.
final class PairSet {

  private static final long EMPTY = -1;

  private long[] table = new long[1024];
  private int size;

  PairSet() {
    Arrays.fill(table, EMPTY);
  }

  boolean contains(int a, int b) {
    return table[find(table, key(a, b))] != EMPTY;
  }

  /// Whether the pair was new.
  boolean add(int a, int b) {
    long key = key(a, b);
    int at = find(table, key);
    if (table[at] != EMPTY) {
      return false;
    }
    table[at] = key;
    if (++size * 2 > table.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    Arrays.fill(larger, EMPTY);
    for (long key : table) {
      if (key != EMPTY) {
        larger[find(larger, key)] = key;
      }
    }
    table = larger;
  }

  private static long key(int a, int b) {
    return (long) Math.min(a, b) << 32 | Math.max(a, b);
  }

  private static int find(long[] table, long key) {
    int mask = table.length - 1;
    int at = (int) (key * 0x9e37_79b9_7f4a_7c15L >>> 40) & mask;
    while (table[at] != EMPTY && table[at] != key) {
      at = at + 1 & mask;
    }
    return at;
  }
}
