package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.NetworkChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.jspecify.annotations.Nullable;

/// Values that hang on objects of the kernel, as user space sees them.
///
/// @param <V> the value
public final class StorageHandle<V> {

  private final LoadedMap map;
  private final Codec<V> values;

  /// A typed face of a storage.
  public StorageHandle(LoadedMap map, Codec<V> values) {
    this.map = map;
    this.values = values;
  }

  /// The value of an object, or null if it has none.
  ///
  /// @throws IllegalArgumentException if values of this map do not hang on such objects
  /// @throws org.bpf4j.kernel.BpfException if there is no such object
  public @Nullable V get(MapObject owner) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(values.bytes(), Long.BYTES);
      return map.withOwner(
              owner,
              key ->
                  map.lookup(key, memory)
                      ? Optional.<V>of(values.decode(memory, 0))
                      : Optional.<V>empty())
          .orElse(null);
    }
  }

  /// The value of a process.
  public @Nullable V ofProcess(long number) {
    return get(new MapObject.OfProcess(number));
  }

  /// The value of a socket of this process.
  public @Nullable V ofSocket(NetworkChannel socket) {
    return get(new MapObject.OfSocket(socket));
  }

  /// The value of a control group, by its folder.
  public @Nullable V ofCgroup(Path folder) {
    return get(new MapObject.OfCgroup(folder));
  }

  /// The value of a file.
  public @Nullable V ofFile(Path path) {
    return get(new MapObject.OfFile(path));
  }

  /// Gives an object a value.
  public void put(MapObject owner, V value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(values.bytes(), Long.BYTES);
      values.encode(value, memory, 0);
      map.<Boolean>withOwner(owner, key -> map.update(key, memory, UpdateMode.ANY));
    }
  }

  /// Takes the value of an object away.
  ///
  /// @return whether it had one
  public boolean remove(MapObject owner) {
    return map.<Boolean>withOwner(owner, map::delete);
  }

  /// The map as bytes.
  public LoadedMap loaded() {
    return map;
  }
}
