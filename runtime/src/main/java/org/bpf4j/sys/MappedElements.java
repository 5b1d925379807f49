package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.bpf4j.kernel.NotPermittedException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapFlag;

/// The elements of a mappable array in this process's memory: what is written there, programs see.
///
/// Elements are a value's size rounded up to 8 apart. Values of 4 and 8 bytes are read and written
/// at once; others byte by byte, so that a program may see half of a write.
final class MappedElements implements AutoCloseable {

  private static final VarHandle INT = JAVA_INT.varHandle();
  private static final VarHandle LONG = JAVA_LONG.varHandle();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final int valueBytes;
  private final long stride;
  private final long count;

  MappedElements(MapDefinition definition, Descriptor map) {
    valueBytes = definition.valueSize();
    stride = Math.ceilDiv(valueBytes, Long.BYTES) * (long) Long.BYTES;
    count = Integer.toUnsignedLong(definition.maxEntries());
    boolean writable = !MapFlag.RDONLY.isIn(definition.flags());
    memory = map(map, stride * count, writable).asSlice(0, stride * count);
  }

  /// Nobody maps for writing what is frozen.
  private MemorySegment map(Descriptor map, long bytes, boolean writable) {
    try {
      return Memory.map(map, Memory.pages(bytes), 0, writable, arena);
    } catch (NotPermittedException e) {
      if (!writable) {
        throw e;
      }
      return Memory.map(map, Memory.pages(bytes), 0, false, arena);
    }
  }

  /// All elements.
  MemorySegment memory() {
    return memory;
  }

  /// Whether they can be written here.
  boolean isWritable() {
    return !memory.isReadOnly();
  }

  /// Reads an element.
  ///
  /// @return whether there is such
  boolean read(MemorySegment key, MemorySegment value) {
    long index = index(key);
    if (index >= count) {
      return false;
    }
    long at = index * stride;
    switch (valueBytes) {
      case Integer.BYTES ->
          value.set(ValueLayout.JAVA_INT_UNALIGNED, 0, (int) INT.getOpaque(memory, at));
      case Long.BYTES ->
          value.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, (long) LONG.getOpaque(memory, at));
      default -> MemorySegment.copy(memory, at, value, 0, valueBytes);
    }
    return true;
  }

  /// Writes an element.
  ///
  /// @return whether there is such
  boolean write(MemorySegment key, MemorySegment value) {
    long index = index(key);
    if (index >= count) {
      return false;
    }
    long at = index * stride;
    switch (valueBytes) {
      case Integer.BYTES -> INT.setOpaque(memory, at, value.get(ValueLayout.JAVA_INT_UNALIGNED, 0));
      case Long.BYTES -> LONG.setOpaque(memory, at, value.get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
      default -> MemorySegment.copy(value, 0, memory, at, valueBytes);
    }
    return true;
  }

  private static long index(MemorySegment key) {
    return Integer.toUnsignedLong(key.get(ValueLayout.JAVA_INT_UNALIGNED, 0));
  }

  @Override
  public void close() {
    arena.close();
  }
}
