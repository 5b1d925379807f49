package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.BiPredicate;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.jspecify.annotations.Nullable;

/// A queue or stack of values as user space sees it.
///
/// @param <V> the value
public final class QueueHandle<V> {

  private final LoadedMap map;
  private final Codec<V> values;

  /// A typed face of a queue or stack.
  public QueueHandle(LoadedMap map, Codec<V> values) {
    this.map = map;
    this.values = values;
  }

  /// Adds a value.
  ///
  /// @throws org.bpf4j.kernel.MapFullException if there is no room
  public void push(V value) {
    add(value, UpdateMode.ANY);
  }

  /// Adds a value; if there is no room, the oldest makes way.
  public void pushEvicting(V value) {
    add(value, UpdateMode.IF_PRESENT);
  }

  private void add(V value, UpdateMode mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(values.bytes(), Long.BYTES);
      values.encode(value, memory, 0);
      map.update(MemorySegment.NULL, memory, mode);
    }
  }

  /// Takes the next value out: a queue's oldest, a stack's newest.
  ///
  /// @return the value, or null if there is none
  public @Nullable V pop() {
    return next(map::take);
  }

  /// The next value, or null if there is none.
  public @Nullable V peek() {
    return next(map::lookup);
  }

  private @Nullable V next(BiPredicate<MemorySegment, MemorySegment> read) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(values.bytes(), Long.BYTES);
      return read.test(MemorySegment.NULL, memory) ? values.decode(memory, 0) : null;
    }
  }

  /// The map as bytes.
  public LoadedMap loaded() {
    return map;
  }
}
