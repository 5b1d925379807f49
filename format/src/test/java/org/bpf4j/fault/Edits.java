package org.bpf4j.fault;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Bytes that are changed at random, with the numbers that break readers: limits, neighbours,
/// numbers of the same file.
final class Edits {

  /// How much may be appended to a file at a time.
  private static final int MOST_MORE_BYTES = 1 << 16;

  private static final long[] LIMITS = {
    0,
    1,
    2,
    7,
    8,
    0x7f,
    0xff,
    0x7fff,
    0xffff,
    0xff00,
    0x7fff_ffffL,
    0x8000_0000L,
    0xffff_ffffL,
    0xffff_fff8L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -8
  };

  final RandomGenerator random;
  private byte[] bytes;
  private ByteBuffer view;

  Edits(byte[] seed, RandomGenerator random) {
    this.random = random;
    replace(seed.clone());
  }

  private void replace(byte[] next) {
    bytes = next;
    view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }

  boolean has(long at, long size) {
    return at >= 0 && size >= 0 && at <= bytes.length && size <= bytes.length - at;
  }

  /// A number of 1, 2, 4 or 8 bytes; 0 outside of the file.
  long get(long at, int size) {
    if (!has(at, size)) {
      return 0;
    }
    int place = (int) at;
    return switch (size) {
      case 1 -> Byte.toUnsignedLong(view.get(place));
      case 2 -> Short.toUnsignedLong(view.getShort(place));
      case 4 -> Integer.toUnsignedLong(view.getInt(place));
      default -> view.getLong(place);
    };
  }

  void set(long at, int size, long value) {
    if (!has(at, size)) {
      return;
    }
    int place = (int) at;
    switch (size) {
      case 1 -> view.put(place, (byte) value);
      case 2 -> view.putShort(place, (short) value);
      case 4 -> view.putInt(place, (int) value);
      default -> view.putLong(place, value);
    }
  }

  /// Makes another number of the one that is there.
  void change(long at, int size) {
    long was = get(at, size);
    long next =
        switch (random.nextInt(6)) {
          case 0 -> LIMITS[random.nextInt(LIMITS.length)];
          case 1 -> was + random.nextInt(-16, 17);
          case 2 -> was ^ 1L << random.nextInt(8 * size);
          case 3 -> bytes.length + random.nextInt(-64, 65);
          case 4 -> get(random.nextInt(Math.max(1, bytes.length)), size);
          default -> random.nextLong();
        };
    set(at, size, next);
  }

  /// Changes a number of a record, one of some in a row.
  ///
  /// @param fields offset and size by turns
  void changeRecord(long table, long tableBytes, int recordBytes, int... fields) {
    long count = tableBytes / recordBytes;
    if (count <= 0 || !has(table, tableBytes)) {
      return;
    }
    long record = table + random.nextLong(count) * recordBytes;
    int field = random.nextInt(fields.length / 2);
    change(record + fields[2 * field], fields[2 * field + 1]);
  }

  void truncate() {
    replace(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
  }

  /// Copies a part over another.
  void smear() {
    if (bytes.length < 2) {
      return;
    }
    int size = random.nextInt(1, Math.min(64, bytes.length));
    int from = random.nextInt(bytes.length - size + 1);
    int to = random.nextInt(bytes.length - size + 1);
    System.arraycopy(bytes, from, bytes, to, size);
  }

  void flip() {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  /// Appends a part of the file, many times, behind another part of it.
  ///
  /// @return where that begins; −1 if it would be too much
  long append(long at, long size, long part, int partBytes, int times) {
    long more = size + (long) partBytes * times;
    if (!has(at, size) || !has(part, partBytes) || more > MOST_MORE_BYTES) {
      return -1;
    }
    int start = (bytes.length + 7) & ~7;
    byte[] next = Arrays.copyOf(bytes, start + (int) more);
    System.arraycopy(bytes, (int) at, next, start, (int) size);
    for (int i = 0; i < times; i++) {
      System.arraycopy(bytes, (int) part, next, start + (int) size + i * partBytes, partBytes);
    }
    replace(next);
    return start;
  }
}
