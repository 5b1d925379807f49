package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/// What the kernel says about an object (`BPF_OBJ_GET_INFO_BY_FD`).
///
/// Offsets are those of `struct bpf_prog_info`, `bpf_map_info`, `bpf_link_info` and `bpf_btf_info`,
/// which grow at their ends: an older kernel fills less, and what it does not fill is 0.
public final class ObjectInfo {

  private static final int OBJ_GET_INFO = 15;

  /// More than any kernel fills so far; the rest is zero, as the kernel demands.
  private static final int BYTES = 256;

  /// Room for names and paths (`PATH_MAX`).
  private static final int TEXT_BYTES = 4096;

  private final MemorySegment info;
  private final int filled;

  private ObjectInfo(MemorySegment info, int filled) {
    this.info = info;
    this.filled = filled;
  }

  /// Asks about an object.
  ///
  /// @param what what it is, for messages
  public static ObjectInfo of(Descriptor object, String what) {
    try (Arena arena = Arena.ofConfined()) {
      return ask(arena, arena.allocate(BYTES, 8), object, what);
    }
  }

  /// Asks about an object, and for a list or text beside.
  ///
  /// @param at where the address of the room for it goes
  /// @param count where the size of the room goes
  /// @param size the size of the room: the number of its elements
  /// @param elementBytes the bytes of an element
  /// @param recordSize where it must be said how many bytes an element has, or 0 if nowhere
  /// @return the room, as the kernel filled it
  public static byte[] beside(
      Descriptor object,
      String what,
      int at,
      int count,
      int size,
      int elementBytes,
      int recordSize) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment room = arena.allocate((long) size * elementBytes, 8);
      MemorySegment asked = arena.allocate(BYTES, 8);
      asked.set(JAVA_LONG, at, room.address());
      asked.set(JAVA_INT, count, size);
      if (recordSize != 0) {
        asked.set(JAVA_INT, recordSize, elementBytes);
      }
      ask(arena, asked, object, what);
      return room.toArray(JAVA_BYTE);
    }
  }

  /// Asks about an object, and for a text beside.
  ///
  /// @param at where the address of the room for it goes
  /// @param count where the size of the room goes
  public static String text(Descriptor object, String what, int at, int count) {
    byte[] bytes = beside(object, what, at, count, TEXT_BYTES, 1, 0);
    return MemorySegment.ofArray(bytes).getString(0);
  }

  private static ObjectInfo ask(Arena arena, MemorySegment info, Descriptor object, String what) {
    MemorySegment attr = arena.allocate(16, 8);
    attr.set(JAVA_INT, 0, object.number());
    attr.set(JAVA_INT, 4, BYTES);
    attr.set(JAVA_LONG, 8, info.address());
    Failure.check(Bpf.call(arena, OBJ_GET_INFO, attr), "BPF_OBJ_GET_INFO_BY_FD of " + what);
    return new ObjectInfo(MemorySegment.ofArray(info.toArray(JAVA_LONG)), attr.get(JAVA_INT, 4));
  }

  /// A number of 32 bits.
  public int number(int offset) {
    return info.get(JAVA_INT, offset);
  }

  /// A number of 64 bits.
  public long wide(int offset) {
    return info.get(JAVA_LONG, offset);
  }

  /// A number of 32 bits without a sign, or none if this kernel does not say it.
  public OptionalLong ifFilled(int offset) {
    return filled >= offset + Integer.BYTES
        ? OptionalLong.of(Integer.toUnsignedLong(number(offset)))
        : OptionalLong.empty();
  }

  /// A number of 64 bits, or none if this kernel does not say it.
  public OptionalLong wideIfFilled(int offset) {
    return filled >= offset + Long.BYTES ? OptionalLong.of(wide(offset)) : OptionalLong.empty();
  }

  /// Some bytes.
  public byte[] bytes(int offset, int length) {
    return info.asSlice(offset, length).toArray(JAVA_BYTE);
  }

  /// A text in the struct itself, up to its first zero byte.
  public String text(int offset) {
    return info.getString(offset);
  }
}
