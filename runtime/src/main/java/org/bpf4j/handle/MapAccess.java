package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import org.bpf4j.handle.LoadedMap.UpdateMode;

/// Memory for one key and one value of a map, and the calls that use it in place.
///
/// It is one thread's, from [LoadedMap#access] until it is closed: keys and values are written
/// where the kernel reads them, and nothing is allocated or copied for a call. What the memory
/// holds at first is unspecified.
public abstract class MapAccess implements AutoCloseable {

  private final MemorySegment key;
  private final MemorySegment value;

  /// Memory of a map.
  ///
  /// @param key as many bytes as the map's keys have
  /// @param value [LoadedMap#valueBytes] bytes
  protected MapAccess(MemorySegment key, MemorySegment value) {
    this.key = key;
    this.value = value;
  }

  /// Where the key stands.
  public final MemorySegment key() {
    return key;
  }

  /// Where the value stands.
  public final MemorySegment value() {
    return value;
  }

  /// Reads the key's value.
  ///
  /// @return whether the key is present; if not, the value is unspecified
  public abstract boolean find();

  /// Writes the key's value.
  ///
  /// @return whether it was written, see [LoadedMap#update]
  /// @throws org.bpf4j.kernel.MapFullException if the map has no room
  public abstract boolean store(UpdateMode mode);

  /// Removes the key.
  ///
  /// @return whether it was present
  public abstract boolean erase();

  /// Reads the key's value and removes the key, see [LoadedMap#take].
  ///
  /// @return whether the key was present; if not, the value is unspecified
  public abstract boolean take();

  /// Gives the memory back.
  ///
  /// @throws IllegalStateException if it is not this thread's, as after it was closed
  @Override
  public abstract void close();
}
