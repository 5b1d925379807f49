package org.bpf4j.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.bpf4j.btf.Btf;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.ElfFile.Section;
import org.bpf4j.object.ElfFile.Symbol;

/// What maps of programs or maps hold from the start: relocations of the section of maps, a word
/// for each slot, both ways.
final class MapSlots {

  private MapSlots() {}

  /// The relocations, eight bytes apart for each slot; empty if no map has slots.
  ///
  /// @param symbol finds the number of a symbol
  static Optional<ByteBuffer> write(
      Btf btf, List<MapDefinition> maps, ToIntFunction<String> symbol) {
    Map<String, MapDefinition> named = new HashMap<>();
    maps.forEach(map -> named.put(map.name(), map));
    int count = maps.stream().mapToInt(map -> map.traits().slots().size()).sum();
    if (count == 0) {
      return Optional.empty();
    }
    ByteBuffer out =
        ByteBuffer.allocate(count * ElfFile.RELOCATION_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (MapBtf.Slots slots : MapBtf.slots(btf)) {
      MapDefinition map = named.get(slots.map());
      if (map != null) {
        map.traits()
            .slots()
            .forEach(
                (index, name) -> {
                  out.putLong(slots.from() + (long) index * Long.BYTES);
                  out.putInt(ElfFile.R_BPF_64_64);
                  out.putInt(symbol.applyAsInt(name));
                });
      }
    }
    return Optional.of(out);
  }

  /// The maps with their slots.
  ///
  /// @throws MalformedObjectException if a relocation is of no slot
  static List<MapDefinition> read(ElfFile file, Btf btf, List<MapDefinition> maps) {
    Map<String, SortedMap<Integer, String>> filled = new HashMap<>();
    List<MapBtf.Slots> places = MapBtf.slots(btf);
    for (Section section : file.sections()) {
      if (section.type() == ElfFile.SHT_REL && patches(file, section)) {
        ByteBuffer bytes = section.bytes();
        if (bytes.capacity() % ElfFile.RELOCATION_BYTES != 0) {
          throw new MalformedObjectException("the relocations of .maps are cut off");
        }
        for (int at = 0; at < bytes.capacity(); at += ElfFile.RELOCATION_BYTES) {
          slot(file, places, bytes.getLong(at), bytes.getLong(at + Long.BYTES), filled);
        }
      }
    }
    List<MapDefinition> complete = new ArrayList<>();
    for (MapDefinition map : maps) {
      SortedMap<Integer, String> slots = filled.get(map.name());
      complete.add(slots == null ? map : map.withSlots(slots));
    }
    return complete;
  }

  private static boolean patches(ElfFile file, Section section) {
    return section.info() > 0
        && section.info() < file.sections().size()
        && file.sections().get(section.info()).name().equals(MapBtf.SECTION);
  }

  private static void slot(
      ElfFile file,
      List<MapBtf.Slots> places,
      long offset,
      long target,
      Map<String, SortedMap<Integer, String>> filled) {
    MapBtf.Slots slots =
        places.stream()
            .filter(place -> offset >= place.from() && offset < place.to())
            .filter(place -> (offset - place.from()) % Long.BYTES == 0)
            .findFirst()
            .orElseThrow(
                () -> new MalformedObjectException("byte " + offset + " of .maps is no slot"));
    long number = target >>> 32;
    if (number < 1 || number > file.symbols().size()) {
      throw new MalformedObjectException("a relocation of .maps names no symbol");
    }
    Symbol symbol = file.symbols().get((int) number - 1);
    if (symbol.name().isEmpty()) {
      throw new MalformedObjectException("a slot of map " + slots.map() + " has no name");
    }
    filled
        .computeIfAbsent(slots.map(), _ -> new TreeMap<>())
        .put((int) ((offset - slots.from()) / Long.BYTES), symbol.name());
  }
}
