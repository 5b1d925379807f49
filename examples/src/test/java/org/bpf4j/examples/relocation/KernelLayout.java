package org.bpf4j.examples.relocation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;

/// The running kernel's structs, looked up by hand.
final class KernelLayout {

  private final BtfNames types;

  KernelLayout() throws IOException {
    types = BtfNames.of(Files.readAllBytes(Path.of("/sys/kernel/btf/vmlinux")));
  }

  /// A member's place.
  ///
  /// @param bit its first bit in the struct
  /// @param bits its width if it is a bit field, else 0
  /// @param type its type
  record Place(long bit, int bits, int type) {}

  BtfType.Struct struct(String name) {
    return (BtfType.Struct) types.type(types.findFirst(BtfType.Struct.class, name).orElseThrow());
  }

  /// The first of the names that the struct has.
  Place member(String struct, String... names) {
    return Stream.of(names)
        .flatMap(name -> member(struct(struct).members(), 0, name).stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(struct + " has none of " + names[0]));
  }

  boolean has(String struct, String name) {
    return member(struct(struct).members(), 0, name).isPresent();
  }

  private Optional<Place> member(List<BtfType.Member> members, long base, String name) {
    for (BtfType.Member member : members) {
      long at = base + Integer.toUnsignedLong(member.bitOffset());
      if (member.name().equals(name)) {
        return Optional.of(new Place(at, member.bitSize(), member.type()));
      }
      Optional<Place> inner =
          member.name().isEmpty()
              ? member(inner(types.type(types.resolve(member.type()))), at, name)
              : Optional.empty();
      if (inner.isPresent()) {
        return inner;
      }
    }
    return Optional.empty();
  }

  private static List<BtfType.Member> inner(BtfType type) {
    return switch (type) {
      case BtfType.Struct(_, _, List<BtfType.Member> members) -> members;
      case BtfType.Union(_, _, List<BtfType.Member> members) -> members;
      default -> List.of();
    };
  }

  long size(Place member) {
    return types.sizeOf(member.type()).orElseThrow();
  }

  /// The number of an enumerator, or −1.
  long constant(String type, String name) {
    return types.find(BtfType.Enum.class, type).stream()
        .flatMap(id -> ((BtfType.Enum) types.type(id)).values().stream())
        .filter(value -> value.name().equals(name))
        .mapToLong(BtfType.EnumValue::value)
        .findFirst()
        .orElse(-1);
  }
}
