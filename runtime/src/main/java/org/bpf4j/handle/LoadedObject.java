package org.bpf4j.handle;

import java.nio.file.Path;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfObject;

/// The maps, globals and programs of one object in a kernel.
///
/// Closing frees them all; using any of them afterwards is an [IllegalStateException]. Closing
/// twice is allowed, from any thread.
public interface LoadedObject extends AutoCloseable {

  /// What was loaded.
  BpfObject object();

  /// The program with that ELF name.
  ///
  /// @throws IllegalArgumentException if the object has none, or it was skipped
  LoadedProgram program(String name);

  /// The map with that name.
  ///
  /// @throws IllegalArgumentException if the object has none
  LoadedMap map(String name);

  /// The ring buffer, or the perf buffers of all CPUs, with that name.
  ///
  /// @throws IllegalArgumentException if the object has none
  LoadedRing ring(String name);

  /// The ring buffer with that name that programs read.
  ///
  /// @throws IllegalArgumentException if the object has none
  LoadedUserRing userRing(String name);

  /// The data section with that name.
  ///
  /// @throws IllegalArgumentException if the object has none
  LoadedData data(String section);

  /// The memory of the arena with that name.
  ///
  /// @throws IllegalArgumentException if the object has none
  LoadedData arena(String name);

  /// The struct of functions with that name.
  ///
  /// @throws IllegalArgumentException if the object has none
  Operations operations(String name);

  /// How much memory of the kernel a map of any sort takes, for all possible CPUs.
  ///
  /// @param map the map's name
  /// @throws IllegalArgumentException if the object has none
  default MapMemory memory(String map) {
    return object().maps().stream()
        .filter(declared -> declared.name().equals(map))
        .findFirst()
        .map(declared -> MapMemory.computed(declared, 1))
        .orElseThrow(() -> new IllegalArgumentException("the object has no map `" + map + "`"));
  }

  /// Pins all its maps, data sections and programs in a new folder; see [Skeleton#pinTo].
  default void pin(Path folder) {
    throw new UnsupportedFeatureException("pins: it is a simulation", null);
  }

  @Override
  void close();
}
