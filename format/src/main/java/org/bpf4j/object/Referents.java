package org.bpf4j.object;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.ElfFile.Section;
import org.bpf4j.object.ElfFile.Symbol;
import org.bpf4j.object.Relocation.Target;
import org.jspecify.annotations.Nullable;

/// What the symbols of a file stand for when an instruction names them.
///
/// The instruction and the section of the symbol decide; compilers differ in the types of
/// relocations.
final class Referents {

  private final ElfFile file;
  private final Map<Integer, CodeReader> code;
  private final boolean sums;

  /// Where the variables of the kernel's configuration are, by name.
  private final Map<String, Integer> configured = new HashMap<>();

  private final Map<Place, String> maps = new HashMap<>();

  private record Place(int section, long offset) {}

  /// @param code the readers of sections with instructions, by the sections' indices
  Referents(ElfFile file, Btf btf, List<LegacyMaps.Placed> legacy, Map<Integer, CodeReader> code) {
    this.file = file;
    this.code = code;
    sums = Addends.areSums(file);
    vars(btf, DataSection.KERNEL_CONFIG).forEach((offset, name) -> configured.put(name, offset));
    for (int i = 0; i < file.sections().size(); i++) {
      if (file.sections().get(i).name().equals(MapBtf.SECTION)) {
        for (Map.Entry<Integer, String> map : vars(btf, MapBtf.SECTION).entrySet()) {
          maps.put(new Place(i, map.getKey()), map.getValue());
        }
      }
    }
    legacy.forEach(map -> maps.put(new Place(map.section(), map.offset()), map.map().name()));
  }

  private static Map<Integer, String> vars(Btf btf, String section) {
    Map<Integer, String> names = new HashMap<>();
    OptionalInt id = ObjectBtf.section(btf, section);
    if (id.isPresent() && btf.type(id.getAsInt()) instanceof BtfType.DataSection layout) {
      for (BtfType.SectionVar var : layout.vars()) {
        btf.find(var.var()).ifPresent(found -> names.put(var.offset(), found.name()));
      }
    }
    return names;
  }

  /// What an instruction refers to by a symbol.
  ///
  /// @param start where the instruction's function begins in its section
  /// @throws MalformedObjectException if it cannot refer to that
  Target of(Insn insn, Symbol symbol, int start) {
    if (symbol.section() == 0) {
      return undefined(symbol);
    }
    if (symbol.section() >= file.sections().size()) {
      throw new MalformedObjectException("symbol " + symbol.name() + " is in no section");
    }
    Section in = file.sections().get(symbol.section());
    CodeReader callee = code.get(symbol.section());
    return switch (insn) {
      case Insn.Call(_, int imm) when callee != null ->
          new Target.SubprogramCall(callee.functionAt(called(symbol, imm + 1L)));
      case Insn.LoadImm64 _ when in.name().equals(JumpTables.SECTION) ->
          JumpTables.read(in, symbol, start);
      case Insn.LoadImm64(_, _, long value) -> address(in, callee, symbol, (int) value);
      default ->
          throw new MalformedObjectException("a relocation to " + in.name() + " patches " + insn);
    };
  }

  private boolean isSum(Symbol symbol) {
    return sums && !symbol.name().isEmpty();
  }

  private long called(Symbol symbol, long added) {
    return isSum(symbol) ? added : symbol.value() + added * InsnCodec.SLOT_BYTES;
  }

  private Target undefined(Symbol symbol) {
    Integer offset = configured.get(symbol.name());
    return offset == null
        ? new Target.Extern(symbol.name(), symbol.binding() == ElfFile.STB_WEAK)
        : new Target.DataReference(DataSection.KERNEL_CONFIG, offset);
  }

  /// The address of a function, of a map or of data; the instruction has what is to be added.
  private Target address(Section in, @Nullable CodeReader callee, Symbol symbol, int added) {
    long offset = isSum(symbol) ? added : symbol.value() + added;
    if (callee != null) {
      return new Target.SubprogramAddress(callee.functionAt(offset));
    }
    String map =
        maps.get(new Place(symbol.section(), symbol.name().isEmpty() ? offset : symbol.value()));
    if (map != null) {
      return new Target.MapReference(map);
    }
    if (!ElfReader.isData(in) || offset < 0 || offset > in.size() || offset != (int) offset) {
      throw new MalformedObjectException(
          "a relocation refers to byte " + offset + " of section " + in.name());
    }
    return new Target.DataReference(in.name(), (int) offset);
  }
}
