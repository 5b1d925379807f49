package org.bpf4j.inspect;

import java.util.Map;
import java.util.Optional;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.inventory.KernelTerms;
import org.bpf4j.inventory.ListedMap;
import org.bpf4j.inventory.Tenure;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.MapTraits;
import org.bpf4j.sys.Cpus;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelFiles;
import org.bpf4j.sys.ObjectInfo;

/// Describes maps; offsets are those of `struct bpf_map_info`.
final class MapReader {

  private static final String WHAT = "a map";

  private MapReader() {}

  static ListedMap read(Descriptor map, Tenure tenure) {
    ObjectInfo info = ObjectInfo.of(map, WHAT);
    Map<String, String> more = KernelFiles.descriptor(map);
    Optional<MapMemory> memory =
        KernelFiles.memory(more)
            .or(
                () ->
                    definition(info)
                        .map(definition -> MapMemory.computed(definition, Cpus.possible())));
    return new ListedMap(
        info.number(4),
        KernelTerms.mapType(info.number(0)),
        info.text(24),
        info.number(8),
        info.number(12),
        Integer.toUnsignedLong(info.number(16)),
        info.number(20),
        info.wide(80),
        Optional.ofNullable(more.get("frozen")).map("1"::equals),
        memory,
        new ListedMap.MapTypes(info.number(64), info.number(68), info.number(72), info.number(44)),
        tenure);
  }

  /// The same as a definition; empty if it is a map of a type that is not known here.
  static Optional<MapDefinition> definition(Descriptor map) {
    return definition(ObjectInfo.of(map, WHAT));
  }

  private static Optional<MapDefinition> definition(ObjectInfo info) {
    for (MapKind kind : MapKind.values()) {
      if (kind.number() == info.number(0)) {
        return Optional.of(
            new MapDefinition(
                info.text(24),
                kind,
                info.number(8),
                info.number(12),
                info.number(16),
                info.number(20),
                info.number(68),
                info.number(72),
                new MapTraits(
                    false,
                    MapTraits.NONE.numaNode(),
                    info.wide(80),
                    Optional.empty(),
                    MapTraits.NONE.slots())));
      }
    }
    return Optional.empty();
  }
}
