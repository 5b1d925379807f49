package org.bpf4j.load;

import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Cpus;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.Memory;
import org.bpf4j.sys.PinName;
import org.bpf4j.sys.Refusal;
import org.bpf4j.sys.SmallestMap;
import org.bpf4j.sys.Token;
import org.jspecify.annotations.Nullable;

/// Creates maps: the declared ones, and those of data sections.
final class MapCreation {

  /// `BPF_F_RDONLY_PROG` and `BPF_F_MMAPABLE` of `linux/bpf.h`.
  private static final int READ_ONLY_FOR_PROGRAMS = 1 << 7;

  private static final int MAPPABLE = 1 << 10;

  private MapCreation() {}

  /// The definition with another size, if one is asked for.
  static MapDefinition resize(MapDefinition map, @Nullable Integer maxEntries) {
    int entries = maxEntries != null ? maxEntries : map.maxEntries();
    return map.withMaxEntries(entries(map.kind(), entries));
  }

  private static int entries(MapKind kind, int asked) {
    return switch (kind) {
      case PERF_EVENT_ARRAY -> asked == 0 ? Cpus.possible() : asked;
      case RINGBUF, USER_RINGBUF -> ringBytes(asked);
      default -> asked;
    };
  }

  /// The kernel wants a power of two of pages; what is no such number is rounded up, and what
  /// cannot be is left to the kernel to refuse.
  private static int ringBytes(int asked) {
    long pages = Math.ceilDiv(Integer.toUnsignedLong(asked), Memory.pages(1));
    long rounded = Long.highestOneBit(Math.max(2 * pages - 1, 1)) * Memory.pages(1);
    return asked == 0 || rounded > 1L << 31 ? asked : (int) rounded;
  }

  /// Creates a declared map, with its types if the kernel takes them.
  static Descriptor create(MapDefinition map, LoadedTypes types) {
    if (map.traits().inner().isPresent()) {
      return createOuter(map, map.traits().inner().get(), types);
    }
    long result =
        isTyped(map, types)
            ? Bpf.createMap(map, types.number(), -1, types.token())
            : -Errno.EINVAL.number();
    if (result < 0) {
      result = Bpf.createMap(map, -1, -1, types.token());
    }
    if (result < 0) {
      throw failure(map, result, types);
    }
    return Descriptor.of(result, "BPF_MAP_CREATE");
  }

  private static boolean isTyped(MapDefinition map, LoadedTypes types) {
    return types.isPresent() && map.valueType() != 0 && map.kind().typed();
  }

  /// A map of maps is shown one of those that it will hold.
  private static Descriptor createOuter(MapDefinition map, MapDefinition inner, LoadedTypes types) {
    try (Descriptor one = create(resize(inner, null), types)) {
      long result = Bpf.createMap(map, -1, one.number(), types.token());
      if (result < 0) {
        throw failure(map, result, types);
      }
      return Descriptor.of(result, "BPF_MAP_CREATE");
    }
  }

  private static RuntimeException failure(MapDefinition map, long result, LoadedTypes types) {
    if (Errno.EINVAL.is(result) && !exists(map.kind(), types.token())) {
      return new UnsupportedFeatureException(
          "maps of kind " + map.kind() + " (map `" + map.name() + "`)", map.kind().since());
    }
    if (Errno.EINVAL.is(result) && map.kind().isLocalStorage() && !isTyped(map, types)) {
      return new MalformedObjectException(
          "map `%s` of kind %s: the kernel wants the types of its keys and values, which %s"
              .formatted(
                  map.name(),
                  map.kind(),
                  map.valueType() == 0 ? "the object does not say" : "it does not take"));
    }
    return Refusal.ofCreate(result, map);
  }

  /// Whether the kernel has a kind: it refuses what it has with the same error if a number is odd.
  private static boolean exists(MapKind kind, Token token) {
    long result = SmallestMap.create(kind, token);
    if (result >= 0) {
      Descriptor.of(result, "BPF_MAP_CREATE").close();
    }
    return !Errno.EINVAL.is(result);
  }

  /// Creates the map of a data section.
  ///
  /// @param object the object's name, of which the map's gets the first letters
  /// @param hidden whether the programs alone use it, so that it need not be mapped
  static Descriptor create(DataSection section, String object, LoadedTypes types, boolean hidden) {
    int flags = section.isReadOnly() ? READ_ONLY_FOR_PROGRAMS : hidden ? 0 : MAPPABLE;
    return create(definition(section, object, flags), types);
  }

  /// The map of a data section.
  static MapDefinition definition(DataSection section, String object, int flags) {
    return new MapDefinition(
        PinName.mapName(section, object),
        MapKind.ARRAY,
        Integer.BYTES,
        section.size(),
        1,
        flags,
        0,
        section.btfType());
  }

  /// Gives a section its contents; what is constant for the programs is frozen, so that the
  /// verifier knows the values.
  static void fill(DataSection section, byte[] contents, Descriptor map) {
    Failure.check(Bpf.fill(map, 0, contents), "filling section `" + section.name() + "`");
    if (section.isReadOnly()) {
      Failure.check(Bpf.freeze(map), "BPF_MAP_FREEZE of section `" + section.name() + "`");
    }
  }
}
