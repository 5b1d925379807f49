package org.bpf4j.object;

import java.util.SortedMap;

/// A map as an object declares it, before any kernel made it.
///
/// @param name the full ELF symbol name
/// @param kind the map type
/// @param keySize bytes of a key; 0 for ring buffers
/// @param valueSize bytes of a value; 0 for ring buffers
/// @param maxEntries the greatest number of entries; bytes for ring buffers
/// @param flags `BPF_F_*` flags of `BPF_MAP_CREATE`
/// @param keyType BTF id of the key, or 0
/// @param valueType BTF id of the value, or 0
/// @param traits what few maps say
public record MapDefinition(
    String name,
    MapKind kind,
    int keySize,
    int valueSize,
    int maxEntries,
    int flags,
    int keyType,
    int valueType,
    MapTraits traits) {

  /// A map of which there is nothing more to say.
  public MapDefinition(
      String name,
      MapKind kind,
      int keySize,
      int valueSize,
      int maxEntries,
      int flags,
      int keyType,
      int valueType) {
    this(name, kind, keySize, valueSize, maxEntries, flags, keyType, valueType, MapTraits.NONE);
  }

  /// The same with another size.
  public MapDefinition withMaxEntries(int entries) {
    return new MapDefinition(
        name, kind, keySize, valueSize, entries, flags, keyType, valueType, traits);
  }

  /// The same with other programs or maps in it from the start.
  public MapDefinition withSlots(SortedMap<Integer, String> slots) {
    return with(traits.withSlots(slots));
  }

  /// The same with other traits.
  public MapDefinition with(MapTraits other) {
    return new MapDefinition(
        name, kind, keySize, valueSize, maxEntries, flags, keyType, valueType, other);
  }
}
