package org.bpf4j.object;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.ElfFile.Section;
import org.bpf4j.object.ElfFile.Symbol;

/// Maps in the style before BTF: each symbol of a section `maps` is a `struct bpf_map_def`, whose
/// words are the type, the sizes of key and value, the number of entries and, perhaps, the flags.
///
/// libbpf read them until 1.0, and cilium's library still does. Aya's have two words more: a number
/// without meaning, and whether the map is pinned by its name. What else stands behind the flags is
/// somebody's own extension, such as iproute2's numbers of inner maps: it must be zero.
final class LegacyMaps {

  private static final String SECTION = "maps";

  private static final int FLAGS_AT = 4 * Integer.BYTES;

  private static final int WORDS_END = 5 * Integer.BYTES;

  private static final int PINNING_AT = 6 * Integer.BYTES;

  private static final int AYA_BYTES = 7 * Integer.BYTES;

  private LegacyMaps() {}

  /// A map and where it is declared.
  ///
  /// @param section the index of the section
  /// @param offset its place in it
  record Placed(MapDefinition map, int section, long offset) {}

  /// The maps of a file, by section and place.
  ///
  /// @throws MalformedObjectException if a definition is cut off, or says more than this
  static List<Placed> read(ElfFile file) {
    List<Placed> maps = new ArrayList<>();
    for (int i = 0; i < file.sections().size(); i++) {
      String name = file.sections().get(i).name();
      if (name.equals(SECTION) || name.startsWith(SECTION + "/")) {
        maps.addAll(read(file, i));
      }
    }
    return maps;
  }

  private static List<Placed> read(ElfFile file, int index) {
    Section section = file.sections().get(index);
    List<Symbol> symbols =
        file.symbols().stream()
            .filter(s -> s.section() == index && !s.name().isEmpty())
            .filter(s -> s.type() == ElfFile.STT_OBJECT || s.type() == ElfFile.STT_NOTYPE)
            .sorted(Comparator.comparingLong(Symbol::value))
            .toList();
    List<Placed> maps = new ArrayList<>();
    for (int i = 0; i < symbols.size(); i++) {
      Symbol symbol = symbols.get(i);
      long start = symbol.value();
      long end = end(section, symbols, i);
      boolean within = start >= 0 && start < end && end <= section.bytes().capacity();
      if (!within || end - start < FLAGS_AT) {
        throw new MalformedObjectException("map " + symbol.name() + ": its definition is cut off");
      }
      ByteBuffer bytes =
          section.bytes().slice((int) start, (int) (end - start)).order(section.bytes().order());
      maps.add(new Placed(map(symbol.name(), bytes), index, start));
    }
    return maps;
  }

  /// A symbol without a size goes on to the next one. Behind one with a size may be what a linker
  /// left of a definition that another took the place of.
  private static long end(Section section, List<Symbol> symbols, int at) {
    Symbol symbol = symbols.get(at);
    if (symbol.size() > 0) {
      return symbol.value() + symbol.size();
    }
    return at + 1 < symbols.size() ? symbols.get(at + 1).value() : section.bytes().capacity();
  }

  private static MapDefinition map(String name, ByteBuffer words) {
    boolean ofAya = words.capacity() == AYA_BYTES;
    boolean pinned = ofAya && words.getInt(PINNING_AT) == 1;
    for (int at = ofAya ? PINNING_AT : WORDS_END; at < words.capacity(); at++) {
      if (words.get(at) != 0 && !(pinned && at == PINNING_AT)) {
        throw new MalformedObjectException(
            "map " + name + ": something stands behind the flags of its definition");
      }
    }
    boolean flagged = words.capacity() >= WORDS_END;
    return new MapDefinition(
        name,
        kind(name, words.getInt(0)),
        words.getInt(4),
        words.getInt(8),
        words.getInt(12),
        flagged ? words.getInt(FLAGS_AT) : 0,
        0,
        0,
        new MapTraits(pinned, -1, 0, Optional.empty(), new TreeMap<>()));
  }

  private static MapKind kind(String name, int number) {
    return Optional.of(number)
        .filter(n -> n > 0 && n <= MapKind.values().length)
        .map(MapKind::of)
        .orElseThrow(
            () -> new MalformedObjectException("map " + name + ": unknown map type " + number));
  }
}
