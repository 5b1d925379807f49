package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Call stacks as user space sees them.
///
/// @param map the map as bytes
public record StackTraceHandle(LoadedMap map) {

  /// The addresses of a stack, the innermost function first; empty if there is no such stack.
  ///
  /// @param id the number that the program got
  public List<Long> addresses(int id) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(map.valueBytes(), Long.BYTES);
      List<Long> addresses = new ArrayList<>();
      if (id >= 0 && map.lookup(key(id, arena), value)) {
        for (long at = 0; at < map.valueBytes(); at += Long.BYTES) {
          long address = value.get(ValueLayout.JAVA_LONG, at);
          if (address == 0) {
            break;
          }
          addresses.add(address);
        }
      }
      return addresses;
    }
  }

  /// Forgets a stack.
  ///
  /// @return whether there was one
  public boolean remove(int id) {
    try (Arena arena = Arena.ofConfined()) {
      return map.delete(key(id, arena));
    }
  }

  private static MemorySegment key(int id, Arena arena) {
    return arena.allocateFrom(ValueLayout.JAVA_INT, id);
  }
}
