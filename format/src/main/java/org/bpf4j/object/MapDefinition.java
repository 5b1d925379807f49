package org.bpf4j.object;

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
public record MapDefinition(
    String name,
    MapKind kind,
    int keySize,
    int valueSize,
    int maxEntries,
    int flags,
    int keyType,
    int valueType) {}
