package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A map of programs that hand over to each other.
///
/// The kernel empties the slots when the last descriptor of the map is closed, even if programs
/// that use it stay attached.
///
/// @param <S> the enum whose constants are the slots
public final class ProgramArrayHandle<S extends Enum<S>> {

  private final LoadedMap map;
  private final Codec<S> stages;

  /// A typed face of a map of programs.
  public ProgramArrayHandle(LoadedMap map, Codec<S> stages) {
    this.map = map;
    this.stages = stages;
  }

  /// Puts a program into a slot, in place of what was there; programs that run see it at once.
  ///
  /// @throws org.bpf4j.kernel.SyscallException if the program is of another kind than those that
  ///   are in the map or use it
  public void put(S stage, ProgramHandle program) {
    try (Arena arena = Arena.ofConfined()) {
      map.assign(key(stage, arena), new MapObject.OfProgram(program.loaded()));
    }
  }

  /// Empties a slot.
  ///
  /// @return whether there was a program
  public boolean remove(S stage) {
    try (Arena arena = Arena.ofConfined()) {
      return map.delete(key(stage, arena));
    }
  }

  /// Whether a slot has a program.
  public boolean contains(S stage) {
    try (Arena arena = Arena.ofConfined()) {
      return map.lookup(key(stage, arena), arena.allocate(map.valueBytes(), Long.BYTES));
    }
  }

  private MemorySegment key(S stage, Arena arena) {
    MemorySegment key = arena.allocate(Integer.BYTES);
    stages.encode(stage, key, 0);
    return key;
  }

  /// The map as bytes.
  public LoadedMap loaded() {
    return map;
  }
}
