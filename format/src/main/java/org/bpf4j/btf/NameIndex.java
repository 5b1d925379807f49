package org.bpf4j.btf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bpf4j.isa.MalformedObjectException;

/// Types of a section by the beginnings of their names, so that all flavours of a name are found:
/// its functions, or all others.
///
/// A kernel has 15,000 named types and 56,000 functions. A new process asks for a few of the former
/// while nothing is compiled yet. So the bytes are read from their arrays, and in short runs: the
/// JIT compiler takes over what was called a hundred times.
final class NameIndex {

  private static final int RUN = 16;

  /// The kinds that are functions, as a set of bits.
  static final int FUNCTIONS = 1 << BtfFormat.FUNC;

  /// All others that have names.
  static final int OTHERS =
      ~(FUNCTIONS
          | 1 << BtfFormat.PTR
          | 1 << BtfFormat.ARRAY
          | 1 << BtfFormat.VOLATILE
          | 1 << BtfFormat.CONST
          | 1 << BtfFormat.RESTRICT
          | 1 << BtfFormat.FUNC_PROTO);

  /// How much of a name counts.
  private static final int LENGTH = 7;

  private final byte[] types;
  private final int origin;
  private final int[] starts;
  private final int kinds;
  private final ByteBuffer strings;
  private final ByteBuffer before;
  private final int[] buckets;
  private final int[] next;

  private NameIndex(
      ByteBuffer types, int[] starts, int count, int kinds, ByteBuffer strings, ByteBuffer before) {
    this.types = types.array();
    this.origin = types.arrayOffset();
    this.starts = starts;
    this.kinds = kinds;
    this.strings = strings;
    this.before = before;
    buckets = new int[Math.max(1, Integer.highestOneBit(count / 4))];
    next = new int[count];
  }

  /// Indexes the names of some kinds.
  ///
  /// @param types the types' bytes, in an array
  /// @param starts where the types start in them
  /// @param count how many types there are
  /// @param kinds whose names count, a bit for each
  /// @param strings the section's own strings, in an array; the last ends with NUL
  /// @param before the strings whose offsets the section's own go on from, likewise
  /// @throws MalformedObjectException if a name lies outside of the strings
  static NameIndex of(
      ByteBuffer types, int[] starts, int count, int kinds, ByteBuffer strings, ByteBuffer before) {
    NameIndex index = new NameIndex(types, starts, count, kinds, strings, before);
    for (int end = count; end > 0; end -= RUN) {
      index.run(Math.max(0, end - RUN), end);
    }
    return index;
  }

  /// The first type, counted from 1, whose name may begin like this, in the section's order; 0 if
  /// there is none.
  int first(byte[] name) {
    return buckets[bucket(Arrays.copyOf(name, name.length + 1), 0)];
  }

  /// The next such type, or 0.
  int next(int type) {
    return next[type - 1];
  }

  /// Adds a run of types, the last first. A kind is the low five bits of its byte, all that a shift
  /// counts.
  private void run(int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      int at = origin + starts[i];
      if ((kinds >>> types[at + 7] & 1) != 0) {
        add(i, at);
      }
    }
  }

  private void add(int type, int at) {
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
    next[type] = buckets[bucket];
    buckets[bucket] = type + 1;
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
