package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The calls of a map's hot path, with the memory that they need allocated beforehand.
///
/// One call at a time may use it. Native segments are handed to the kernel as they are, heap
/// segments through a copy; nothing is allocated per call.
public final class MapCall {

  private static final int LOOKUP = 1;
  private static final int UPDATE = 2;
  private static final int DELETE = 3;
  private static final int NEXT_KEY = 4;
  private static final int TAKE = 21;

  /// The offsets of the fields that `BPF_MAP_*_ELEM` use in `union bpf_attr`.
  private static final long MAP = 0;

  private static final long KEY = 8;
  private static final long VALUE = 16;
  private static final long FLAGS = 24;
  private static final long ATTR_BYTES = 32;

  private final MemorySegment state;
  private final MemorySegment attr;
  private final MemorySegment keyCopy;
  private final MemorySegment valueCopy;

  /// Allocates the memory for calls on a map; it is freed with this object.
  ///
  /// @param valueBytes what a lookup fills
  public MapCall(Descriptor map, int keyBytes, int valueBytes) {
    Arena arena = Arena.ofAuto();
    state = Native.newState(arena);
    attr = arena.allocate(ATTR_BYTES, 8);
    keyCopy = arena.allocate(keyBytes, 8);
    valueCopy = arena.allocate(valueBytes, 8);
    attr.set(JAVA_INT, MAP, map.number());
  }

  /// `BPF_MAP_LOOKUP_ELEM`; of a filter, which has no keys, it asks for the value that is given.
  ///
  /// @return 0, or the negated error number
  public long lookup(MemorySegment key, MemorySegment value) {
    return read(LOOKUP, key, value);
  }

  /// `BPF_MAP_LOOKUP_AND_DELETE_ELEM`.
  ///
  /// @return 0, or the negated error number
  public long take(MemorySegment key, MemorySegment value) {
    return read(TAKE, key, value);
  }

  private long read(int command, MemorySegment key, MemorySegment value) {
    MemorySegment from = input(key, keyCopy);
    MemorySegment to = output(value, valueCopy);
    if (keyCopy.byteSize() == 0 && to.equals(valueCopy)) {
      valueCopy.copyFrom(value);
    }
    long result = call(command, from, to, 0);
    if (result == 0 && to.equals(valueCopy)) {
      value.copyFrom(valueCopy);
    }
    return result;
  }

  /// `BPF_MAP_UPDATE_ELEM`.
  ///
  /// @return 0, or the negated error number
  public long update(MemorySegment key, MemorySegment value, long flags) {
    return call(UPDATE, input(key, keyCopy), input(value, valueCopy), flags);
  }

  /// `BPF_MAP_DELETE_ELEM`.
  ///
  /// @return 0, or the negated error number
  public long delete(MemorySegment key) {
    return call(DELETE, input(key, keyCopy), MemorySegment.NULL, 0);
  }

  /// `BPF_MAP_GET_NEXT_KEY`.
  ///
  /// @param key the previous key, or null for the first
  /// @return 0, or the negated error number
  public long nextKey(@Nullable MemorySegment key, MemorySegment next) {
    MemorySegment from = key == null ? MemorySegment.NULL : input(key, keyCopy);
    MemorySegment to = output(next, keyCopy);
    long result = call(NEXT_KEY, from, to, 0);
    if (result == 0 && to.equals(keyCopy)) {
      next.copyFrom(keyCopy);
    }
    return result;
  }

  private long call(int command, MemorySegment key, MemorySegment value, long flags) {
    attr.set(JAVA_LONG, KEY, key.address());
    attr.set(JAVA_LONG, VALUE, value.address());
    attr.set(JAVA_LONG, FLAGS, flags);
    return Native.bpf(state, command, attr, key, value);
  }

  private static MemorySegment input(MemorySegment given, MemorySegment copy) {
    check(given, copy);
    if (given.byteSize() == 0) {
      return MemorySegment.NULL;
    }
    return given.isNative() ? given : copy.copyFrom(given);
  }

  private static MemorySegment output(MemorySegment given, MemorySegment copy) {
    check(given, copy);
    if (given.isReadOnly()) {
      throw new IllegalArgumentException("a read-only segment cannot receive a result");
    }
    return given.isNative() ? given : copy;
  }

  /// The kernel trusts our lengths, so a short segment must not get there.
  private static void check(MemorySegment given, MemorySegment copy) {
    if (given.byteSize() != copy.byteSize()) {
      throw new IllegalArgumentException(
          "a segment of " + given.byteSize() + " bytes, must have " + copy.byteSize());
    }
  }
}
