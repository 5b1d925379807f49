package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;

/// A global variable of a loaded object: memory shared with its programs.
///
/// Reads and writes of numbers are single accesses (opaque mode), seen by the other side in time
/// but in no promised order with other accesses; [#addInt] and [#addLong] are atomic. None needs a
/// system call. Simulated memory is a Java array, where wide accesses cannot be opaque; there they
/// are plain, and the additions hold the section's lock. Writing to what is constant for the
/// programs is an [UnsupportedOperationException].
public final class Global {

  private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
  private static final VarHandle SHORT = ValueLayout.JAVA_SHORT.varHandle();
  private static final VarHandle CHAR = ValueLayout.JAVA_CHAR.varHandle();
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  private final LoadedData data;
  private final int offset;
  private final int bytes;
  private final List<Integer> lengths;

  /// A variable at an offset in a section.
  ///
  /// @param lengths those of an array of arrays, the outermost first
  Global(LoadedData data, int offset, int bytes, List<Integer> lengths) {
    this.data = data;
    this.offset = offset;
    this.bytes = bytes;
    this.lengths = List.copyOf(lengths);
  }

  /// The variable's bytes.
  ///
  /// @throws IllegalStateException if the object is closed
  public MemorySegment segment() {
    return data.segment().asSlice(offset, bytes);
  }

  /// Reads a `boolean`.
  public boolean getBoolean() {
    return getByte() != 0;
  }

  /// Writes a `boolean`.
  public void setBoolean(boolean value) {
    setByte((byte) (value ? 1 : 0));
  }

  /// Reads a `byte`.
  public byte getByte() {
    return (byte) BYTE.getOpaque(data.segment(), (long) offset);
  }

  /// Writes a `byte`.
  public void setByte(byte value) {
    BYTE.setOpaque(writable(), (long) offset, value);
  }

  /// Reads a `short`.
  public short getShort() {
    MemorySegment segment = data.segment();
    return segment.isNative()
        ? (short) SHORT.getOpaque(segment, (long) offset)
        : segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset);
  }

  /// Writes a `short`.
  public void setShort(short value) {
    MemorySegment segment = writable();
    if (segment.isNative()) {
      SHORT.setOpaque(segment, (long) offset, value);
    } else {
      segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset, value);
    }
  }

  /// Reads a `char`.
  public char getChar() {
    MemorySegment segment = data.segment();
    return segment.isNative()
        ? (char) CHAR.getOpaque(segment, (long) offset)
        : segment.get(ValueLayout.JAVA_CHAR_UNALIGNED, offset);
  }

  /// Writes a `char`.
  public void setChar(char value) {
    MemorySegment segment = writable();
    if (segment.isNative()) {
      CHAR.setOpaque(segment, (long) offset, value);
    } else {
      segment.set(ValueLayout.JAVA_CHAR_UNALIGNED, offset, value);
    }
  }

  /// Reads an `int`.
  public int getInt() {
    MemorySegment segment = data.segment();
    return segment.isNative()
        ? (int) INT.getOpaque(segment, (long) offset)
        : segment.get(ValueLayout.JAVA_INT_UNALIGNED, offset);
  }

  /// Writes an `int`.
  public void setInt(int value) {
    MemorySegment segment = writable();
    if (segment.isNative()) {
      INT.setOpaque(segment, (long) offset, value);
    } else {
      segment.set(ValueLayout.JAVA_INT_UNALIGNED, offset, value);
    }
  }

  /// Adds to an `int` and returns what was there before.
  public int addInt(int value) {
    MemorySegment segment = writable();
    if (segment.isNative()) {
      return (int) INT.getAndAdd(segment, (long) offset, value);
    }
    synchronized (data) {
      int before = segment.get(ValueLayout.JAVA_INT_UNALIGNED, offset);
      segment.set(ValueLayout.JAVA_INT_UNALIGNED, offset, before + value);
      return before;
    }
  }

  /// Reads a `long`.
  public long getLong() {
    MemorySegment segment = data.segment();
    return segment.isNative()
        ? (long) LONG.getOpaque(segment, (long) offset)
        : segment.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
  }

  /// Writes a `long`.
  public void setLong(long value) {
    MemorySegment segment = writable();
    if (segment.isNative()) {
      LONG.setOpaque(segment, (long) offset, value);
    } else {
      segment.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, value);
    }
  }

  /// Adds to a `long` and returns what was there before.
  public long addLong(long value) {
    MemorySegment segment = writable();
    if (segment.isNative()) {
      return (long) LONG.getAndAdd(segment, (long) offset, value);
    }
    synchronized (data) {
      long before = segment.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
      segment.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, before + value);
      return before;
    }
  }

  /// Reads a value of several fields; it may be torn by a concurrent write.
  public <T> T get(Codec<T> codec) {
    return codec.decode(data.segment(), offset);
  }

  /// Writes a value of several fields.
  public <T> void set(Codec<T> codec, T value) {
    codec.encode(value, writable(), offset);
  }

  /// Reads an element of an array; it may be torn by a concurrent write.
  ///
  /// @throws IndexOutOfBoundsException if there is no such index
  public <T> T get(Codec<T> codec, int index) {
    return codec.decode(data.segment(), element(codec, index));
  }

  /// Writes an element of an array.
  ///
  /// @throws IndexOutOfBoundsException if there is no such index
  public <T> void set(Codec<T> codec, int index, T value) {
    codec.encode(value, writable(), element(codec, index));
  }

  /// The index that an element of an array of arrays would have if all elements were in one array.
  ///
  /// @param indices one for each dimension
  /// @throws IndexOutOfBoundsException if there is no such element
  public int index(int... indices) {
    int index = 0;
    for (int i = 0; i < indices.length; i++) {
      index = index * lengths.get(i) + Objects.checkIndex(indices[i], lengths.get(i));
    }
    return index;
  }

  private long element(Codec<?> codec, int index) {
    return offset + Objects.checkIndex(index, bytes / codec.bytes()) * (long) codec.bytes();
  }

  private MemorySegment writable() {
    MemorySegment segment = data.segment();
    if (segment.isReadOnly()) {
      throw new UnsupportedOperationException("the variable is constant once it is loaded");
    }
    return segment;
  }
}
