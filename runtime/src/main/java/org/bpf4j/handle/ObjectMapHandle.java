package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// A map of control groups or sockets by number, as user space sees it.
///
/// @param map the map as bytes
public record ObjectMapHandle(LoadedMap map) {

  /// Puts a control group into a slot.
  ///
  /// @param cgroup its folder in the cgroup file system (version 2)
  public void put(int key, Path cgroup) {
    assign(key, new MapObject.OfCgroup(cgroup));
  }

  /// Puts what a descriptor of this process stands for into a slot, such as a socket; the
  /// descriptor stays the caller's.
  public void put(int key, int descriptor) {
    assign(key, new MapObject.OfDescriptor(descriptor));
  }

  private void assign(int key, MapObject object) {
    try (Arena arena = Arena.ofConfined()) {
      map.assign(key(key, arena), object);
    }
  }

  /// Empties a slot.
  ///
  /// @return whether there was something
  public boolean remove(int key) {
    try (Arena arena = Arena.ofConfined()) {
      return map.delete(key(key, arena));
    }
  }

  private static MemorySegment key(int key, Arena arena) {
    return arena.allocateFrom(ValueLayout.JAVA_INT, key);
  }
}
