package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.bpf4j.lang.BpfString;

/// Reads and writes single fields as generated codecs need them: one pair of methods for each
/// storage annotation and each Java type.
///
/// Offsets need no alignment. Writing a value that its storage cannot hold is an
/// [IllegalArgumentException], where a program would abort.
public final class Storage {

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfChar CHAR = ValueLayout.JAVA_CHAR_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfShort BE16 = SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt BE32 = INT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong BE64 = LONG.withOrder(ByteOrder.BIG_ENDIAN);

  private static final VarHandle ATOMIC_INT = ValueLayout.JAVA_INT.varHandle();
  private static final VarHandle ATOMIC_LONG = ValueLayout.JAVA_LONG.varHandle();

  private Storage() {}

  /// Reads a `boolean`: any byte but 0 is true.
  public static boolean getBoolean(MemorySegment from, long at) {
    return getByte(from, at) != 0;
  }

  /// Writes a `boolean`.
  public static void putBoolean(MemorySegment to, long at, boolean value) {
    putByte(to, at, (byte) (value ? 1 : 0));
  }

  /// Reads a `byte`, or `@S8`.
  public static byte getByte(MemorySegment from, long at) {
    return from.get(ValueLayout.JAVA_BYTE, at);
  }

  /// Writes a `byte`.
  public static void putByte(MemorySegment to, long at, byte value) {
    to.set(ValueLayout.JAVA_BYTE, at, value);
  }

  /// Reads a `short`, or `@S16`.
  public static short getShort(MemorySegment from, long at) {
    return from.get(SHORT, at);
  }

  /// Writes a `short`.
  public static void putShort(MemorySegment to, long at, short value) {
    to.set(SHORT, at, value);
  }

  /// Reads a `char`.
  public static char getChar(MemorySegment from, long at) {
    return from.get(CHAR, at);
  }

  /// Writes a `char`.
  public static void putChar(MemorySegment to, long at, char value) {
    to.set(CHAR, at, value);
  }

  /// Reads an `int`, or `@S32`.
  public static int getInt(MemorySegment from, long at) {
    return from.get(INT, at);
  }

  /// Writes an `int`.
  public static void putInt(MemorySegment to, long at, int value) {
    to.set(INT, at, value);
  }

  /// Reads a `long`, or `@U64`.
  public static long getLong(MemorySegment from, long at) {
    return from.get(LONG, at);
  }

  /// Writes a `long`, or `@U64`.
  public static void putLong(MemorySegment to, long at, long value) {
    to.set(LONG, at, value);
  }

  /// Adds to an `AtomicInteger` of a program and returns what was there before; the memory must be
  /// native and aligned, as that which programs share is.
  public static int getAndAddInt(MemorySegment memory, long at, int summand) {
    return (int) ATOMIC_INT.getAndAdd(memory, at, summand);
  }

  /// Adds to an `AtomicLong` of a program and returns what was there before; the memory must be
  /// native and aligned.
  public static long getAndAddLong(MemorySegment memory, long at, long summand) {
    return (long) ATOMIC_LONG.getAndAdd(memory, at, summand);
  }

  /// Reads `@U8`.
  public static int getU8(MemorySegment from, long at) {
    return Byte.toUnsignedInt(getByte(from, at));
  }

  /// Writes `@U8`.
  public static void putU8(MemorySegment to, long at, long value) {
    putByte(to, at, (byte) unsigned(value, 8));
  }

  /// Writes `@S8`.
  public static void putS8(MemorySegment to, long at, long value) {
    putByte(to, at, (byte) signed(value, 8));
  }

  /// Reads `@U16`.
  public static int getU16(MemorySegment from, long at) {
    return Short.toUnsignedInt(getShort(from, at));
  }

  /// Writes `@U16`.
  public static void putU16(MemorySegment to, long at, long value) {
    putShort(to, at, (short) unsigned(value, 16));
  }

  /// Writes `@S16`.
  public static void putS16(MemorySegment to, long at, long value) {
    putShort(to, at, (short) signed(value, 16));
  }

  /// Reads `@U32`.
  public static long getU32(MemorySegment from, long at) {
    return Integer.toUnsignedLong(getInt(from, at));
  }

  /// Writes `@U32`.
  public static void putU32(MemorySegment to, long at, long value) {
    putInt(to, at, (int) unsigned(value, 32));
  }

  /// Writes `@S32`.
  public static void putS32(MemorySegment to, long at, long value) {
    putInt(to, at, (int) signed(value, 32));
  }

  /// Reads `@Be16`.
  public static int getBe16(MemorySegment from, long at) {
    return Short.toUnsignedInt(from.get(BE16, at));
  }

  /// Writes `@Be16`.
  public static void putBe16(MemorySegment to, long at, long value) {
    to.set(BE16, at, (short) unsigned(value, 16));
  }

  /// Reads `@Be24`.
  public static int getBe24(MemorySegment from, long at) {
    return getBe16(from, at) << 8 | getU8(from, at + 2);
  }

  /// Writes `@Be24`.
  public static void putBe24(MemorySegment to, long at, long value) {
    long checked = unsigned(value, 24);
    putBe16(to, at, checked >>> 8);
    putU8(to, at + 2, checked & 0xff);
  }

  /// Reads `@Be32`.
  public static int getBe32(MemorySegment from, long at) {
    return from.get(BE32, at);
  }

  /// Writes `@Be32` of an `int`, whose bits are all used.
  public static void putBe32(MemorySegment to, long at, int value) {
    to.set(BE32, at, value);
  }

  /// Writes `@Be32` of a `long`.
  public static void putBe32(MemorySegment to, long at, long value) {
    to.set(BE32, at, (int) unsigned(value, 32));
  }

  /// Reads `@Be48`.
  public static long getBe48(MemorySegment from, long at) {
    return (long) getBe16(from, at) << 32 | Integer.toUnsignedLong(getBe32(from, at + 2));
  }

  /// Writes `@Be48`.
  public static void putBe48(MemorySegment to, long at, long value) {
    long checked = unsigned(value, 48);
    putBe16(to, at, checked >>> 32);
    putBe32(to, at + 2, (int) checked);
  }

  /// Reads `@Be64`.
  public static long getBe64(MemorySegment from, long at) {
    return from.get(BE64, at);
  }

  /// Writes `@Be64`.
  public static void putBe64(MemorySegment to, long at, long value) {
    to.set(BE64, at, value);
  }

  /// Reads the bytes of a string into one of its size.
  public static void getString(MemorySegment from, long at, BpfString string) {
    string.set(from.asSlice(at, string.size()).toArray(ValueLayout.JAVA_BYTE));
  }

  /// Writes all bytes of a string.
  public static void putString(MemorySegment to, long at, BpfString string) {
    byte[] bytes = string.bytes();
    MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, at, bytes.length);
  }

  private static long unsigned(long value, int bits) {
    if (value >>> bits != 0) {
      throw new IllegalArgumentException(value + " does not fit " + bits + " unsigned bits");
    }
    return value;
  }

  private static long signed(long value, int bits) {
    if (value << 64 - bits >> 64 - bits != value) {
      throw new IllegalArgumentException(value + " does not fit " + bits + " signed bits");
    }
    return value;
  }
}
