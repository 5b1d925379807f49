package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.bpf4j.handle.LoadedMap.UpdateMode;

/// Access to a map by its methods for any memory.
final class PlainAccess extends MapAccess {

  private final LoadedMap map;
  private boolean closed;

  private PlainAccess(LoadedMap map, MemorySegment key, MemorySegment value) {
    super(key, value);
    this.map = map;
  }

  static PlainAccess to(LoadedMap map) {
    Arena arena = Arena.ofAuto();
    return new PlainAccess(
        map,
        arena.allocate(map.definition().keySize(), Long.BYTES),
        arena.allocate(map.valueBytes(), Long.BYTES));
  }

  @Override
  public boolean find() {
    return map.lookup(key(), value());
  }

  @Override
  public boolean store(UpdateMode mode) {
    return map.update(key(), value(), mode);
  }

  @Override
  public boolean erase() {
    return map.delete(key());
  }

  @Override
  public boolean take() {
    return map.take(key(), value());
  }

  @Override
  public void close() {
    if (closed) {
      throw new IllegalStateException("this access is closed");
    }
    closed = true;
  }
}
