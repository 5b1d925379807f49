package org.bpf4j.load;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.btf.CTypes;
import org.bpf4j.btf.TypeDifference;
import org.bpf4j.kernel.IncompatibleMapException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.MapKind;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.ObjectInfo;
import org.jspecify.annotations.Nullable;

/// Whether maps that exist are what an object declares; the types that several of them share are
/// read once.
final class MapComparison {

  /// Where `struct bpf_map_info` says in which type information the types of key and value are, and
  /// where they are in it.
  private static final int TYPES = 64;

  private static final int KEY_TYPE = 68;
  private static final int VALUE_TYPE = 72;

  /// `BPF_F_NUMA_NODE`: it comes with the number of the node.
  private static final int NUMA_NODE = 1 << 2;

  /// What belongs to a descriptor, and is not kept with the map.
  private static final int OF_DESCRIPTORS = MapFlag.RDONLY.bit() | MapFlag.WRONLY.bit();

  /// The kernel sets `BPF_F_RDONLY_PROG` by itself.
  private static final Set<MapKind> GUARDED = EnumSet.of(MapKind.DEVMAP, MapKind.DEVMAP_HASH);

  private final Btf declaredTypes;
  private int readTypes;
  private @Nullable BtfTypes foundTypes;

  /// @param types those of the object
  MapComparison(Btf types) {
    declaredTypes = types;
  }

  /// Compares a map with its declaration, sizes included.
  ///
  /// @return what the kernel says of it
  /// @throws IncompatibleMapException if it is not as declared
  MapDefinition check(MapDefinition declared, Descriptor map) {
    MapDefinition found = compare(declared, map);
    compare(declared, "max_entries", declared.maxEntries(), found.maxEntries());
    return found;
  }

  /// Compares a map with its declaration, except for the number of its entries, which whoever
  /// loaded it may have chosen.
  ///
  /// @return what the kernel says of it, with the declared name and traits
  /// @throws IncompatibleMapException if it is not as declared
  MapDefinition compare(MapDefinition declared, Descriptor map) {
    MapDefinition found = Bpf.describe(map, declared.name());
    compare(declared, "map type", declared.kind(), found.kind());
    compare(declared, "key size", declared.keySize(), found.keySize());
    compare(declared, "value size", declared.valueSize(), found.valueSize());
    int declaredFlags = flags(declared);
    int foundFlags = found.flags();
    if (GUARDED.contains(declared.kind())) {
      declaredFlags &= ~MapFlag.RDONLY_PROG.bit();
      foundFlags &= ~MapFlag.RDONLY_PROG.bit();
    }
    compare(declared, "flags", text(declaredFlags), text(foundFlags));
    compareTypes(declared, map);
    return new MapDefinition(
        declared.name(),
        found.kind(),
        found.keySize(),
        found.valueSize(),
        found.maxEntries(),
        declared.flags(),
        declared.keyType(),
        declared.valueType(),
        declared.traits());
  }

  private static int flags(MapDefinition map) {
    return (map.flags() | (map.traits().numaNode() >= 0 ? NUMA_NODE : 0)) & ~OF_DESCRIPTORS;
  }

  private static String text(int flags) {
    String names =
        Stream.of(MapFlag.values())
            .filter(flag -> flag.isIn(flags))
            .map(MapFlag::name)
            .collect(Collectors.joining(" | "));
    int known = Stream.of(MapFlag.values()).mapToInt(MapFlag::bit).reduce(0, (a, b) -> a | b);
    int rest = flags & ~known;
    return rest == 0 && !names.isEmpty()
        ? names
        : names + (names.isEmpty() ? "" : " | ") + "0x" + Integer.toHexString(rest);
  }

  private static void compare(MapDefinition map, String field, Object declared, Object found) {
    if (!declared.equals(found)) {
      throw new IncompatibleMapException(map.name(), field, declared, found);
    }
  }

  /// Maps of most types may be created without saying what is in them.
  private void compareTypes(MapDefinition declared, Descriptor map) {
    ObjectInfo info = ObjectInfo.of(map, "map `" + declared.name() + "`");
    Optional<BtfTypes> types = types(info.number(TYPES));
    if (types.isPresent()) {
      compare(declared, "key", declared.keyType(), types.get(), info.number(KEY_TYPE));
      compare(declared, "value", declared.valueType(), types.get(), info.number(VALUE_TYPE));
    }
  }

  private void compare(MapDefinition map, String part, int declared, BtfTypes types, int found) {
    if (declared == 0 || found == 0) {
      return;
    }
    Optional<TypeDifference> difference =
        TypeDifference.between(declaredTypes, declared, types, found);
    if (difference.isEmpty() || isOlderForm(declared, types, found)) {
      return;
    }
    String path = difference.get().path();
    String where =
        path.isEmpty() || path.equals("[]")
            ? ""
            : " (in %s, %s)"
                .formatted(new CTypes(declaredTypes).name(declared), new CTypes(types).name(found));
    throw new IncompatibleMapException(
        map.name(),
        part + path,
        "`" + difference.get().left() + "`",
        "`" + difference.get().right() + "`" + where);
  }

  /// Whether a kernel was told the declared type in terms that it knew.
  private boolean isOlderForm(int declared, BtfTypes types, int found) {
    Btf reduced = new TypeReduction(TypeFeature.missing()).reduce(declaredTypes);
    return !reduced.equals(declaredTypes)
        && TypeDifference.between(reduced, declared, types, found).isEmpty();
  }

  /// Type information by its number; empty if the map has none, or this process may not open it,
  /// which takes `CAP_SYS_ADMIN`.
  private Optional<BtfTypes> types(int id) {
    if (id != 0 && id != readTypes) {
      foundTypes = read(id);
      readTypes = id;
    }
    return id == 0 ? Optional.empty() : Optional.ofNullable(foundTypes);
  }

  private static @Nullable BtfTypes read(int id) {
    long result = Bpf.openBtf(id);
    if (result < 0) {
      return null;
    }
    try (Descriptor types = Descriptor.of(result, "BPF_BTF_GET_FD_BY_ID")) {
      return BtfNames.of(Bpf.btfBytes(types));
    }
  }
}
