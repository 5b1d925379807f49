package org.bpf4j.object;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What few maps say beyond their sizes.
///
/// @param pinned whether the map is kept under its name in the BPF file system, and taken from
///   there if it is (`LIBBPF_PIN_BY_NAME`)
/// @param numaNode the NUMA node of its memory, or −1 for any
/// @param extra `map_extra` of `BPF_MAP_CREATE`: of a bloom filter the number of hash functions, of
///   an arena the address at which user space maps it
/// @param inner what the maps look like that are this map's values
/// @param slots the programs or inner maps that are there from the start, by index
public record MapTraits(
    boolean pinned,
    int numaNode,
    long extra,
    Optional<MapDefinition> inner,
    SortedMap<Integer, String> slots) {

  /// Where user space maps an arena if nothing is there: a multiple of 4 GB, so that the low half
  /// of an address in an arena counts from the arena's start, and 0 is none of its objects.
  public static final long ARENA_ADDRESS = 1L << 44;

  /// Those of most maps.
  public static final MapTraits NONE =
      new MapTraits(false, -1, 0, Optional.empty(), new TreeMap<>());

  /// Copies the slots.
  public MapTraits {
    slots = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(slots));
  }

  /// The same with another `map_extra`.
  public MapTraits withExtra(long other) {
    return new MapTraits(pinned, numaNode, other, inner, slots);
  }

  /// The same with other slots.
  public MapTraits withSlots(SortedMap<Integer, String> slots) {
    return new MapTraits(pinned, numaNode, extra, inner, slots);
  }
}
