package org.bpf4j.inventory;

import java.util.Optional;
import org.bpf4j.handle.MapMemory;

/// A map in the kernel.
///
/// @param id its number, which no other map gets while the machine runs
/// @param type its type in lower case, as in `BPF_MAP_TYPE_*`: `hash`, `ringbuf`
/// @param name its name: the first 15 letters
/// @param keyBytes the bytes of a key
/// @param valueBytes the bytes of a value, for each CPU if each has its own
/// @param maxEntries how many entries it takes; of rings their bytes
/// @param flags `BPF_F_*` of `BPF_MAP_CREATE`
/// @param extra `map_extra` of `BPF_MAP_CREATE`
/// @param frozen whether user space may not write to it any more; empty if that is not known
/// @param memory what it takes; empty if it is a map of a type that is not known here
/// @param types the types of keys and values
/// @param tenure what keeps it there
public record ListedMap(
    int id,
    String type,
    String name,
    int keyBytes,
    int valueBytes,
    long maxEntries,
    int flags,
    long extra,
    Optional<Boolean> frozen,
    Optional<MapMemory> memory,
    MapTypes types,
    Tenure tenure) {

  /// The types of keys and values, by their numbers in type information.
  ///
  /// @param typesId the number of the type information, or 0 if the map was created without
  /// @param key the key's type, or 0
  /// @param value the value's type, or 0
  /// @param kernelValue the value's type among the kernel's own (of structs of functions), or 0
  public record MapTypes(int typesId, int key, int value, int kernelValue) {}
}
