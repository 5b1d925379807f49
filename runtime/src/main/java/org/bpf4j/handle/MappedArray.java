package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// The elements of an array in memory that programs share: reads and writes take no system call.
///
/// Numbers are read and written at once (opaque mode), seen by the other side in time but in no
/// promised order with other accesses; [#addInt] and [#addLong] are atomic. An access names its
/// element and the offset of a number in it, which must be a multiple of the number's size. Beyond
/// the array it is an [IndexOutOfBoundsException], after the map was closed an
/// [IllegalStateException], and a write to what may not be written an
/// [UnsupportedOperationException].
public final class MappedArray {

  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment memory;
  private final long stride;

  private MappedArray(MemorySegment memory, long stride) {
    this.memory = memory;
    this.stride = stride;
  }

  /// The elements of a map.
  ///
  /// @throws IllegalArgumentException if it cannot be mapped: only arrays with
  ///   `@MapFlags(MapFlag.MMAPABLE)`, in a real kernel
  public static MappedArray of(LoadedMap map) {
    MemorySegment memory =
        map.mapped()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "map `"
                            + map.definition().name()
                            + "` is not mapped into memory: declare it with @MapFlags(MapFlag.MMAPABLE)"));
    return new MappedArray(memory, PerCpuMap.stride(map.definition().valueSize()));
  }

  /// The number of elements.
  public long size() {
    return memory.byteSize() / stride;
  }

  /// The bytes of an element, for codecs and for copies; such are not at once.
  public MemorySegment element(long index) {
    return memory.asSlice(index * stride, stride);
  }

  /// Reads an `int`.
  public int getInt(long index, long offset) {
    return (int) INT.getOpaque(memory, index * stride + offset);
  }

  /// Writes an `int`.
  public void setInt(long index, long offset, int value) {
    INT.setOpaque(memory, index * stride + offset, value);
  }

  /// Adds to an `int` and returns what was there before.
  public int addInt(long index, long offset, int summand) {
    return (int) INT.getAndAdd(memory, index * stride + offset, summand);
  }

  /// Reads a `long`.
  public long getLong(long index, long offset) {
    return (long) LONG.getOpaque(memory, index * stride + offset);
  }

  /// Writes a `long`.
  public void setLong(long index, long offset, long value) {
    LONG.setOpaque(memory, index * stride + offset, value);
  }

  /// Adds to a `long` and returns what was there before.
  public long addLong(long index, long offset, long summand) {
    return (long) LONG.getAndAdd(memory, index * stride + offset, summand);
  }
}
