package org.bpf4j.btf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bpf4j.isa.MalformedObjectException;

/// Types of a section by the beginnings of their names, so that all flavours of a name are found.
///
/// A new process asks for a few names while nothing is compiled yet. So the bytes are read from
/// their arrays.
final class NameIndex {

  /// How much of a name counts.
  private static final int LENGTH = 7;

  private final byte[] types;
  private final int origin;
  private final int[] starts;
  private final int[] numbers;
  private final ByteBuffer strings;
  private final ByteBuffer before;
  private final int[] buckets;
  private final int[] next;

  private NameIndex(
      ByteBuffer types, int[] starts, int[] numbers, ByteBuffer strings, ByteBuffer before) {
    this.types = types.array();
    this.origin = types.arrayOffset();
    this.starts = starts;
    this.numbers = numbers;
    this.strings = strings;
    this.before = before;
    buckets = new int[Math.max(1, Integer.highestOneBit(numbers.length))];
    next = new int[numbers.length];
  }

  /// Indexes the names of some types.
  ///
  /// @param types the types' bytes, in an array
  /// @param starts where the types start in them
  /// @param numbers which types count, from 0 and ascending
  /// @param strings the section's own strings, in an array; the last ends with NUL
  /// @param before the strings whose offsets the section's own go on from, likewise
  /// @throws MalformedObjectException if a name lies outside of the strings
  static NameIndex of(
      ByteBuffer types, int[] starts, int[] numbers, ByteBuffer strings, ByteBuffer before) {
    NameIndex index = new NameIndex(types, starts, numbers, strings, before);
    for (int entry = numbers.length; entry > 0; entry--) {
      index.add(entry);
    }
    return index;
  }

  /// The first entry of a type whose name may begin like this, or 0; entries are in the order of
  /// types.
  int first(byte[] name) {
    return buckets[bucket(Arrays.copyOf(name, name.length + 1), 0)];
  }

  /// The next such entry, or 0.
  int next(int entry) {
    return next[entry - 1];
  }

  /// The number of an entry's type, from 0.
  int type(int entry) {
    return numbers[entry - 1];
  }

  private void add(int entry) {
    int type = numbers[entry - 1];
    int at = origin + starts[type];
    int name =
        types[at] & 0xff
            | (types[at + 1] & 0xff) << 8
            | (types[at + 2] & 0xff) << 16
            | types[at + 3] << 24;
    if (name == 0) {
      return;
    }
    int own = name - before.capacity();
    boolean isBefore = own < 0 && name > 0;
    if (!isBefore && (own < 0 || own >= strings.capacity())) {
      throw new MalformedObjectException(
          "BTF type " + (type + 1) + " has its name outside the strings");
    }
    ByteBuffer holder = isBefore ? before : strings;
    int bucket = bucket(holder.array(), holder.arrayOffset() + (isBefore ? name : own));
    next[entry - 1] = buckets[bucket];
    buckets[bucket] = entry;
  }

  /// Made of a name's first bytes, up to its end or to two underscores that do not begin it, so
  /// that all flavours of a name have one.
  ///
  /// @param text holds the name and a NUL behind it
  private int bucket(byte[] text, int start) {
    int hash = 0;
    int end = start + LENGTH;
    for (int at = start; at < end; at++) {
      byte letter = text[at];
      if (letter == 0 || letter == '_' && at > start && text[at + 1] == '_') {
        break;
      }
      hash = 31 * hash + letter;
    }
    return hash * 0x9e3779b9 >>> 8 & buckets.length - 1;
  }
}
