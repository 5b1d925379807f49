package org.bpf4j.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.ElfFile.Section;
import org.bpf4j.object.ElfFile.Symbol;
import org.bpf4j.object.Relocation.Target;
import org.jspecify.annotations.Nullable;

/// Reads one code section: cuts it into functions and gives each its relocations.
///
/// Functions are where [FunctionSymbols] says; what lies between them belongs to nobody. A call
/// with an offset instead of a relocation, as clang writes it within a section, is turned into a
/// relocation.
final class CodeReader {

  private final ElfFile file;
  private final Section section;
  private final TreeMap<Integer, Place> places = new TreeMap<>();

  /// The function that was asked for last: records about instructions come one behind the other.
  private @Nullable Place recent;

  /// One function under construction, with all its names.
  static final class Place {
    private final List<FunctionSymbols.Function> names = new ArrayList<>();
    private final int start;
    private final int end;

    /// By slot; a wide instruction stands in its first.
    private final @Nullable Insn[] insns;

    private final Map<Integer, Relocation> relocations = new TreeMap<>();
    final List<LineRecord> lines = new ArrayList<>();
    final List<CoreRelocation> core = new ArrayList<>();
    private int type;

    Place(FunctionSymbols.Function function) {
      names.add(function);
      start = function.start();
      end = function.end();
      insns = new Insn[(end - start) / InsnCodec.SLOT_BYTES];
    }

    String name() {
      return names.getFirst().name();
    }

    private List<Insn> present() {
      List<Insn> present = new ArrayList<>(insns.length);
      for (Insn insn : insns) {
        if (insn != null) {
          present.add(insn);
        }
      }
      return List.copyOf(present);
    }

    /// The position in the function of an instruction that starts at that byte of the section.
    InsnIndex index(int offset) {
      insn(offset);
      return new InsnIndex(slot(offset));
    }

    private int slot(int offset) {
      return (offset - start) / InsnCodec.SLOT_BYTES;
    }

    private Insn insn(int offset) {
      boolean aligned = (offset - start) % InsnCodec.SLOT_BYTES == 0;
      Insn insn = aligned && offset >= start && offset < end ? insns[slot(offset)] : null;
      if (insn == null) {
        throw new MalformedObjectException(name() + " has no instruction at byte " + offset);
      }
      return insn;
    }

    void type(int offset, int id) {
      if (offset != start) {
        throw new MalformedObjectException("no function starts at byte " + offset);
      }
      type = id;
    }
  }

  /// Decodes the section with that index.
  ///
  /// @param functions the functions of that section, by place
  CodeReader(ElfFile file, int index, List<FunctionSymbols.Function> functions) {
    this.file = file;
    section = file.sections().get(index);
    int end = 0;
    for (FunctionSymbols.Function function : functions) {
      Place same = places.get(function.start());
      if (same != null && same.end == function.end()) {
        same.names.add(function);
        continue;
      }
      if (function.start() < end) {
        throw malformed(function.name() + " begins within another function");
      }
      end = function.end();
      Place place = new Place(function);
      places.put(function.start(), place);
      decode(place);
    }
  }

  private MalformedObjectException malformed(String what) {
    return new MalformedObjectException("section " + section.name() + ": " + what);
  }

  private void decode(Place place) {
    byte[] bytes = new byte[place.end - place.start];
    section.bytes().get(place.start, bytes);
    int slot = 0;
    for (Insn insn : InsnCodec.decodeAny(bytes)) {
      place.insns[slot] = insn;
      slot += insn.slots();
    }
  }

  /// The function that has that byte of the section, if one has.
  ///
  /// @throws MalformedObjectException if the section has no such byte
  Optional<Place> place(long offset) {
    if (offset < 0 || offset >= section.bytes().capacity()) {
      throw malformed("there is no byte " + Long.toUnsignedString(offset));
    }
    Place found = recent;
    if (found == null || offset < found.start || offset >= found.end) {
      Map.Entry<Integer, Place> floor = places.floorEntry((int) offset);
      found = floor == null || offset >= floor.getValue().end ? null : floor.getValue();
      recent = found;
    }
    return Optional.ofNullable(found);
  }

  /// The name of the function that starts at that byte.
  String functionAt(long offset) {
    Place place = offset == (int) offset ? places.get((int) offset) : null;
    if (place == null) {
      throw malformed("no function starts at byte " + offset + ", which is called");
    }
    return place.name();
  }

  /// Reads the relocations of this section; those outside functions are of no interest.
  void relocate(Section relocations, Referents referents) {
    int bytes = relocations.bytes().capacity();
    if (bytes % ElfFile.RELOCATION_BYTES != 0) {
      throw malformed("its relocations are cut off");
    }
    for (int at = 0; at < bytes; at += ElfFile.RELOCATION_BYTES) {
      long offset = relocations.bytes().getLong(at);
      long number = relocations.bytes().getLong(at + Long.BYTES) >>> 32;
      place(offset).ifPresent(place -> relocate(place, (int) offset, symbol(number), referents));
    }
  }

  private void relocate(Place place, int offset, Symbol symbol, Referents referents) {
    InsnIndex index = place.index(offset);
    Insn insn = place.insn(offset);
    try {
      Relocation relocation = new Relocation(index, referents.of(insn, symbol, place.start));
      if (place.relocations.put(offset, relocation) != null) {
        throw malformed("two relocations of byte " + offset);
      }
      place.insns[index.value()] = relocation.placeholder(insn);
    } catch (IllegalArgumentException e) {
      throw malformed(place.name() + ": " + e.getMessage());
    }
  }

  private Symbol symbol(long number) {
    if (number < 1 || number > file.symbols().size()) {
      throw malformed("a relocation names no symbol");
    }
    return file.symbols().get((int) number - 1);
  }

  /// The functions, in order.
  List<BpfFunction> functions() {
    List<BpfFunction> functions = new ArrayList<>();
    for (Place place : places.values()) {
      callsByOffset(place);
      List<Insn> insns = place.present();
      List<Relocation> relocations = List.copyOf(place.relocations.values());
      List<CoreRelocation> core = List.copyOf(place.core);
      List<LineRecord> lines = List.copyOf(place.lines);
      for (FunctionSymbols.Function name : place.names) {
        functions.add(
            new BpfFunction(
                name.name(), name.global(), insns, relocations, core, lines, place.type));
      }
    }
    return functions;
  }

  private void callsByOffset(Place place) {
    for (int slot = 0; slot < place.insns.length; slot++) {
      int offset = place.start + slot * InsnCodec.SLOT_BYTES;
      if (place.insns[slot] instanceof Insn.Call(Insn.CallKind kind, int imm)
          && kind == Insn.CallKind.SUBPROGRAM
          && !place.relocations.containsKey(offset)) {
        String callee = functionAt(offset + (imm + 1L) * InsnCodec.SLOT_BYTES);
        Relocation relocation =
            new Relocation(new InsnIndex(slot), new Target.SubprogramCall(callee));
        place.insns[slot] = relocation.placeholder(place.insn(offset));
        place.relocations.put(offset, relocation);
      }
    }
  }
}
