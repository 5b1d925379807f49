package org.bpf4j.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
/// Functions are where function symbols say, without gaps. A call with an offset instead of a
/// relocation, as clang writes it within a section, is turned into a relocation.
final class CodeReader {

  private final ElfFile file;
  private final Section section;
  private final Map<String, Integer> configured;
  private final TreeMap<Integer, Place> places = new TreeMap<>();

  /// One function under construction.
  static final class Place {
    private final Symbol symbol;
    private final int start;
    private final int end;
    private final TreeMap<Integer, Insn> insns = new TreeMap<>();
    private final Map<Integer, Relocation> relocations = new TreeMap<>();
    final List<LineRecord> lines = new ArrayList<>();
    final List<CoreRelocation> core = new ArrayList<>();
    private int type;

    Place(Symbol symbol) {
      this.symbol = symbol;
      start = (int) symbol.value();
      end = (int) (symbol.value() + symbol.size());
    }

    String name() {
      return symbol.name();
    }

    /// The position in the function of an instruction that starts at that byte of the section.
    InsnIndex index(int offset) {
      if (!insns.containsKey(offset)) {
        throw noInsn(offset);
      }
      return new InsnIndex((offset - start) / InsnCodec.SLOT_BYTES);
    }

    private Insn insn(int offset) {
      Insn insn = insns.get(offset);
      if (insn == null) {
        throw noInsn(offset);
      }
      return insn;
    }

    private MalformedObjectException noInsn(int offset) {
      return new MalformedObjectException(name() + " has no instruction at byte " + offset);
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
  /// @param configured where the variables of the kernel's configuration are, by name
  CodeReader(ElfFile file, int index, Map<String, Integer> configured) {
    this.file = file;
    this.configured = configured;
    section = file.sections().get(index);
    int size = section.bytes().capacity();
    List<Symbol> functions =
        file.symbols().stream()
            .filter(s -> s.section() == index && s.type() == ElfFile.STT_FUNC)
            .sorted(Comparator.comparingLong(Symbol::value))
            .toList();
    int end = 0;
    for (Symbol symbol : functions) {
      boolean fits = symbol.size() > 0 && symbol.size() <= size - end;
      if (symbol.value() != end || !fits || symbol.name().isEmpty()) {
        throw malformed("the functions do not cover it one after the other");
      }
      places.put(end, new Place(symbol));
      end += (int) symbol.size();
    }
    if (end != size) {
      throw malformed("the functions do not cover it one after the other");
    }
    decode();
  }

  private MalformedObjectException malformed(String what) {
    return new MalformedObjectException("section " + section.name() + ": " + what);
  }

  private void decode() {
    List<Insn> insns;
    try {
      insns = InsnCodec.decode(section.copy());
    } catch (MalformedObjectException e) {
      throw new MalformedObjectException("section " + section.name() + ": " + e.getMessage(), e);
    }
    int at = 0;
    for (Insn insn : insns) {
      Place place = place(at);
      int next = at + insn.slots() * InsnCodec.SLOT_BYTES;
      if (next > place.end) {
        throw malformed(place.name() + " ends within an instruction");
      }
      place.insns.put(at, insn);
      at = next;
    }
  }

  Iterable<Place> places() {
    return places.values();
  }

  /// The function that has that byte of the section.
  Place place(int offset) {
    Map.Entry<Integer, Place> entry = places.floorEntry(offset);
    if (entry == null || offset < 0 || offset >= entry.getValue().end) {
      throw malformed("there is no byte " + Integer.toUnsignedString(offset));
    }
    return entry.getValue();
  }

  /// The name of the function that starts at that byte.
  private String functionAt(long offset) {
    Place place = offset == (int) offset ? places.get((int) offset) : null;
    if (place == null) {
      throw malformed("no function starts at byte " + offset + ", which is called");
    }
    return place.name();
  }

  /// Reads the relocations of this section.
  ///
  /// @param text the reader of `.text`, if there is such a section
  void relocate(Section relocations, @Nullable CodeReader text) {
    int bytes = relocations.bytes().capacity();
    if (bytes % ElfFile.RELOCATION_BYTES != 0) {
      throw malformed("its relocations are cut off");
    }
    for (int at = 0; at < bytes; at += ElfFile.RELOCATION_BYTES) {
      long offset = relocations.bytes().getLong(at);
      long info = relocations.bytes().getLong(at + 8);
      if (offset != (int) offset) {
        throw malformed("there is no byte " + Long.toUnsignedString(offset));
      }
      Place place = place((int) offset);
      InsnIndex index = place.index((int) offset);
      Insn insn = place.insn((int) offset);
      Target target = target(insn, (int) info, symbol(info >>> 32), text);
      Relocation relocation = new Relocation(index, target);
      if (place.relocations.put((int) offset, relocation) != null) {
        throw malformed("two relocations of byte " + offset);
      }
      place.insns.put((int) offset, relocation.placeholder(insn));
    }
  }

  private Symbol symbol(long number) {
    if (number < 1 || number > file.symbols().size()) {
      throw malformed("a relocation names no symbol");
    }
    return file.symbols().get((int) number - 1);
  }

  private Target target(Insn insn, int type, Symbol symbol, @Nullable CodeReader text) {
    if (type != ElfFile.R_BPF_64_64 && type != ElfFile.R_BPF_64_32) {
      throw malformed("a relocation has the unsupported type " + type);
    }
    if (symbol.section() == 0) {
      Integer offset = configured.get(symbol.name());
      return offset == null
          ? new Target.Extern(symbol.name(), symbol.binding() == ElfFile.STB_WEAK)
          : new Target.DataReference(DataSection.KERNEL_CONFIG, offset);
    }
    if (symbol.section() >= file.sections().size()) {
      throw malformed("symbol " + symbol.name() + " is in no section");
    }
    Section in = file.sections().get(symbol.section());
    CodeReader callee = in.isCode() && in.name().equals(CodeSection.TEXT) ? text : null;
    if (insn instanceof Insn.Call(_, int imm) && callee != null) {
      long offset = symbol.value() + (imm + 1L) * InsnCodec.SLOT_BYTES;
      return new Target.SubprogramCall(callee.functionAt(offset));
    }
    if (!(insn instanceof Insn.LoadImm64(_, _, long value))) {
      throw malformed("a relocation patches " + insn);
    }
    if (callee != null) {
      return new Target.SubprogramAddress(callee.functionAt(symbol.value() + (int) value));
    }
    if (in.name().equals(MapBtf.SECTION)) {
      if (value != 0 || symbol.name().isEmpty()) {
        throw malformed("a map is referred to by an offset, which is unsupported");
      }
      return new Target.MapReference(symbol.name());
    }
    long offset = symbol.value() + (int) value;
    if (!ElfReader.isData(in) || offset < 0 || offset > in.size() || offset != (int) offset) {
      throw malformed("a relocation refers to byte " + offset + " of section " + in.name());
    }
    return new Target.DataReference(in.name(), (int) offset);
  }

  /// The functions, in order.
  List<BpfFunction> functions() {
    List<BpfFunction> functions = new ArrayList<>();
    for (Place place : places.values()) {
      callsByOffset(place);
      functions.add(
          new BpfFunction(
              place.name(),
              place.symbol.isGlobal(),
              List.copyOf(place.insns.values()),
              List.copyOf(place.relocations.values()),
              place.core,
              place.lines,
              place.type));
    }
    return functions;
  }

  private void callsByOffset(Place place) {
    Set<Integer> offsets = new HashSet<>(place.insns.keySet());
    offsets.removeAll(place.relocations.keySet());
    for (int offset : offsets) {
      if (place.insns.get(offset) instanceof Insn.Call(Insn.CallKind kind, int imm)
          && kind == Insn.CallKind.SUBPROGRAM) {
        String callee = functionAt(offset + (imm + 1L) * InsnCodec.SLOT_BYTES);
        Relocation relocation =
            new Relocation(place.index(offset), new Target.SubprogramCall(callee));
        place.insns.put(offset, relocation.placeholder(place.insns.get(offset)));
        place.relocations.put(offset, relocation);
      }
    }
  }
}
