package org.bpf4j.object;

import java.util.EnumSet;
import java.util.Set;

/// A flag of `BPF_MAP_CREATE` that a user may ask for: a row with its bit, the first kernel that
/// has it, and the map types that take it.
public enum MapFlag {
  NO_PREALLOC(1 << 0, "4.6", EnumSet.of(MapKind.HASH, MapKind.PERCPU_HASH, MapKind.HASH_OF_MAPS)),
  NO_COMMON_LRU(1 << 1, "4.10", EnumSet.of(MapKind.LRU_HASH, MapKind.LRU_PERCPU_HASH)),
  STACK_BUILD_ID(1 << 5, "4.17", EnumSet.of(MapKind.STACK_TRACE)),
  RDONLY(1 << 3, "4.15", Kinds.READABLE),
  WRONLY(1 << 4, "4.15", Kinds.READABLE),
  ZERO_SEED(
      1 << 6,
      "5.0",
      EnumSet.of(
          MapKind.HASH,
          MapKind.PERCPU_HASH,
          MapKind.LRU_HASH,
          MapKind.LRU_PERCPU_HASH,
          MapKind.BLOOM_FILTER)),
  CLONE(1 << 9, "5.4", EnumSet.of(MapKind.SK_STORAGE)),
  RDONLY_PROG(1 << 7, "5.2", Kinds.GUARDED),
  WRONLY_PROG(1 << 8, "5.2", Kinds.GUARDED),
  MMAPABLE(1 << 10, "5.5", EnumSet.of(MapKind.ARRAY)),
  PRESERVE_ELEMS(1 << 11, "5.10", EnumSet.of(MapKind.PERF_EVENT_ARRAY)),
  INNER_MAP(1 << 12, "5.10", EnumSet.of(MapKind.ARRAY));

  private final int bit;
  private final KernelVersion since;
  private final Set<MapKind> kinds;

  MapFlag(int bit, String since, Set<MapKind> kinds) {
    this.bit = bit;
    this.since = KernelVersion.parse(since);
    this.kinds = kinds;
  }

  /// Its value in `map_flags`.
  public int bit() {
    return bit;
  }

  /// The first kernel that has it.
  public KernelVersion since() {
    return since;
  }

  /// Whether maps of a type take it.
  public boolean isFor(MapKind kind) {
    return kinds.contains(kind);
  }

  /// Whether some flags include it.
  public boolean isIn(int flags) {
    return (flags & bit) != 0;
  }

  /// Map types that several flags are for.
  private static final class Kinds {
    /// Those whose program side can be guarded (`BPF_F_ACCESS_MASK`), as far as it makes sense.
    static final Set<MapKind> GUARDED =
        EnumSet.of(
            MapKind.ARRAY,
            MapKind.PERCPU_ARRAY,
            MapKind.HASH,
            MapKind.PERCPU_HASH,
            MapKind.LRU_HASH,
            MapKind.LRU_PERCPU_HASH,
            MapKind.LPM_TRIE);

    static final Set<MapKind> READABLE = GUARDED;

    private Kinds() {}
  }
}
