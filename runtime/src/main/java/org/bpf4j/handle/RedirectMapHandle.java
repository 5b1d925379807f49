package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalInt;
import org.bpf4j.handle.LoadedMap.UpdateMode;

/// A map of network interfaces or CPUs, to which XDP programs send frames, as user space sees it.
///
/// A value is a number and the descriptor of a program that sees the frames there, or 0 (`struct
/// bpf_devmap_val`, `struct bpf_cpumap_val`).
///
/// @param map the map as bytes
public record RedirectMapHandle(LoadedMap map) {

  /// Puts an entry in.
  ///
  /// @param target the index of a network interface, or for a CPU the length of its queue of frames
  public void put(int key, int target) {
    try (Arena arena = Arena.ofConfined()) {
      map.update(key(key, arena), value(target, arena), UpdateMode.ANY);
    }
  }

  /// Puts an entry in, with a program for the frames that arrive there.
  ///
  /// @param program an XDP program whose attach type is that of such maps
  public void put(int key, int target, ProgramHandle program) {
    try (Arena arena = Arena.ofConfined()) {
      map.assign(key(key, arena), new MapObject.OfTarget(target, program.loaded()));
    }
  }

  /// The number of an entry, or nothing if there is none.
  public OptionalInt get(int key) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = value(0, arena);
      return map.lookup(key(key, arena), value)
          ? OptionalInt.of(value.get(ValueLayout.JAVA_INT, 0))
          : OptionalInt.empty();
    }
  }

  /// Takes an entry out.
  ///
  /// @return whether there was one; of a map by index always true
  public boolean remove(int key) {
    try (Arena arena = Arena.ofConfined()) {
      return map.delete(key(key, arena));
    }
  }

  private static MemorySegment key(int key, Arena arena) {
    return arena.allocateFrom(ValueLayout.JAVA_INT, key);
  }

  private static MemorySegment value(int target, Arena arena) {
    return arena.allocateFrom(ValueLayout.JAVA_INT, target, 0);
  }
}
