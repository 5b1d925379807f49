package org.bpf4j.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpf4j.btf.BtfStrings;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.SectionVar;
import org.bpf4j.btf.BtfWriter;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.object.ElfFile.Section;
import org.bpf4j.object.ElfFile.Symbol;
import org.bpf4j.object.Relocation.Target;

/// Writes an object as a relocatable ELF file, the way clang does, so that libbpf, bpftool and
/// cilium/ebpf load it too.
///
/// The same object gives the same bytes. Order: code sections, their relocations, `.maps`,
/// `license`, data, `.BTF`, `.BTF.ext`, `.bpf4j`, `.bpf4j.origins`, symbols, strings. Positions
/// that an object counts from its functions' starts are counted from their sections' starts here.
public final class ElfWriter {

  private static final long READ_WRITE = ElfFile.SHF_ALLOC | ElfFile.SHF_WRITE;

  /// What `bpf_line_info.line_col` leaves for a line.
  private static final int MAX_LINE = (1 << 22) - 1;

  private static final int MAX_COLUMN = (1 << 10) - 1;

  private final BpfObject object;
  private final List<Section> sections = new ArrayList<>();
  private final Map<String, Integer> indices = new HashMap<>();
  private final Map<String, Start> starts = new LinkedHashMap<>();
  private final JumpTables tables = new JumpTables();
  private final List<Symbol> locals = new ArrayList<>();
  private final Map<String, Symbol> globals = new LinkedHashMap<>();
  private final Map<Integer, String> configured = new HashMap<>();

  private ElfWriter(BpfObject object) {
    this.object = object;
  }

  /// Where a function stands.
  private record Start(CodeSection section, BpfFunction function, int bytes) {}

  /// Writes an object.
  ///
  /// @throws IllegalArgumentException if the object contradicts itself: a name is taken twice or
  ///   refers to nothing, a map differs from its BTF, a data section is empty, a number does not
  ///   fit its field
  public static byte[] write(BpfObject object) {
    return new ElfWriter(object).file().toBytes();
  }

  private ElfFile file() {
    add(Section.of("", 0, 0, 0, new byte[0]));
    object.code().forEach(this::place);
    object.code().forEach(this::code);
    maps();
    byte[] license = (object.license() + "\0").getBytes(StandardCharsets.US_ASCII);
    int at = progbits("license", READ_WRITE, 1, license);
    global(new Symbol("_license", ElfFile.STB_GLOBAL, ElfFile.STT_OBJECT, at, 0, license.length));
    object.data().forEach(this::data);
    jumpTables();
    functionSymbols();
    Map<String, Integer> numbers = symbolNumbers();
    object.code().forEach(section -> relocations(section, numbers));
    MapSlots.write(object.btf(), object.maps(), name -> number(name, numbers))
        .ifPresent(slots -> relocations(MapBtf.SECTION, slots));
    object.data().stream()
        .filter(data -> !data.programs().isEmpty())
        .forEach(
            data ->
                relocations(data.name(), Operations.write(data, name -> number(name, numbers))));
    btf();
    object.note().ifPresent(note -> add(NoteText.write(note)));
    if (!object.origins().isEmpty()) {
      add(OriginText.write(object.origins()));
    }
    List<Symbol> symbols = new ArrayList<>(locals);
    symbols.addAll(globals.values());
    return new ElfFile(sections, symbols);
  }

  private int add(Section section) {
    if (indices.put(section.name(), sections.size()) != null) {
      throw new IllegalArgumentException("two sections are called " + section.name());
    }
    sections.add(section);
    return sections.size() - 1;
  }

  private int progbits(String name, long flags, int align, byte[] bytes) {
    return add(Section.of(name, ElfFile.SHT_PROGBITS, flags, align, bytes));
  }

  private void global(Symbol symbol) {
    if (globals.put(symbol.name(), symbol) != null) {
      throw new IllegalArgumentException("two symbols are called " + symbol.name());
    }
  }

  private void local(String name, int type, int section, long value, long size) {
    locals.add(new Symbol(name, ElfFile.STB_LOCAL, type, section, value, size));
  }

  private void place(CodeSection section) {
    int bytes = 0;
    for (BpfFunction function : section.functions()) {
      if (starts.put(function.name(), new Start(section, function, bytes)) != null) {
        throw new IllegalArgumentException("two functions are called " + function.name());
      }
      bytes += function.slots() * InsnCodec.SLOT_BYTES;
    }
  }

  private void code(CodeSection section) {
    List<Insn> insns = new ArrayList<>();
    section.functions().forEach(function -> insns.addAll(relocatable(function)));
    int index =
        progbits(
            section.name(),
            ElfFile.SHF_ALLOC | ElfFile.SHF_EXECINSTR,
            InsnCodec.SLOT_BYTES,
            InsnCodec.encode(insns));
    local("", ElfFile.STT_SECTION, index, 0, 0);
  }

  /// The function's instructions with the addends of its relocations.
  private List<Insn> relocatable(BpfFunction function) {
    Map<InsnIndex, Relocation> relocations = new HashMap<>();
    for (Relocation relocation : function.relocations()) {
      if (relocations.put(relocation.at(), relocation) != null) {
        throw new IllegalArgumentException(function.name() + ": two relocations of one place");
      }
    }
    List<Insn> insns = new ArrayList<>();
    int slot = 0;
    for (Insn insn : function.insns()) {
      Relocation relocation = relocations.remove(new InsnIndex(slot));
      slot += insn.slots();
      insns.add(relocation == null ? insn : withAddend(relocation, relocation.placeholder(insn)));
    }
    if (!relocations.isEmpty()) {
      throw new IllegalArgumentException(
          function.name() + ": no instruction at " + relocations.keySet());
    }
    return insns;
  }

  /// Static functions and data are named by their section, and the instruction has their offset;
  /// everything else is named by its own symbol.
  private Insn withAddend(Relocation relocation, Insn insn) {
    return switch (relocation.target()) {
      case Target.SubprogramCall(String name) when !subprogram(name).function().global() ->
          new Insn.Call(
              Insn.CallKind.SUBPROGRAM, subprogram(name).bytes() / InsnCodec.SLOT_BYTES - 1);
      case Target.SubprogramAddress(String name) when !subprogram(name).function().global() ->
          new Insn.LoadImm64(
              ((Insn.LoadImm64) insn).dst(), Insn.ImmKind.FUNCTION, subprogram(name).bytes());
      case Target.DataReference(String section, int offset)
          when !section.equals(DataSection.KERNEL_CONFIG) ->
          new Insn.LoadImm64(
              ((Insn.LoadImm64) insn).dst(), Insn.ImmKind.VALUE, Integer.toUnsignedLong(offset));
      case Target.SubprogramCall _,
          Target.SubprogramAddress _,
          Target.DataReference _,
          Target.MapReference _,
          Target.JumpTable _,
          Target.Extern _ ->
          insn;
    };
  }

  private Start subprogram(String name) {
    Start start = starts.get(name);
    if (start == null || !start.section().isText()) {
      throw new IllegalArgumentException("there is no subprogram " + name + " in .text");
    }
    return start;
  }

  private void maps() {
    if (object.maps().isEmpty()) {
      return;
    }
    List<MapDefinition> declared =
        object.maps().stream().map(map -> map.withSlots(new TreeMap<>())).toList();
    if (!MapBtf.read(object.btf()).equals(declared)) {
      throw new IllegalArgumentException("the maps are not those of the BTF section .maps");
    }
    BtfType.DataSection layout = layout(MapBtf.find(object.btf()).orElseThrow());
    int index = progbits(MapBtf.SECTION, READ_WRITE, 8, new byte[layout.bytes()]);
    variables(layout, index);
  }

  private void data(DataSection data) {
    if (data.size() == 0) {
      throw new IllegalArgumentException("data section " + data.name() + " is empty");
    }
    if (data.isKernelConfig()) {
      layout(data.btfType()).vars().forEach(var -> configured(data, var));
      return;
    }
    long flags = data.isReadOnly() ? ElfFile.SHF_ALLOC : READ_WRITE;
    Section section = Section.of(data.name(), ElfFile.SHT_PROGBITS, flags, 8, data.bytes());
    if (data.name().startsWith(".bss")) {
      ByteBuffer nothing = ByteBuffer.allocate(0);
      section =
          new Section(data.name(), ElfFile.SHT_NOBITS, flags, 0, 0, 8, 0, nothing, data.size());
    }
    int index = add(section);
    local("", ElfFile.STT_SECTION, index, 0, 0);
    if (data.btfType() != 0) {
      BtfType.DataSection layout = layout(data.btfType());
      if (layout.bytes() != data.size() || !layout.name().equals(data.name())) {
        throw new IllegalArgumentException(data.name() + " is not its BTF section " + layout);
      }
      variables(layout, index);
    }
  }

  /// A variable of the kernel's configuration is an undefined symbol.
  private void configured(DataSection config, SectionVar var) {
    String name = object.btf().type(var.var()).name();
    undefined(name, config.optional().contains(name));
    configured.put(var.offset(), name);
  }

  private void undefined(String name, boolean weak) {
    int binding = weak ? ElfFile.STB_WEAK : ElfFile.STB_GLOBAL;
    globals.putIfAbsent(name, new Symbol(name, binding, ElfFile.STT_NOTYPE, 0, 0, 0));
  }

  private BtfType.DataSection layout(int id) {
    if (object.btf().type(id) instanceof BtfType.DataSection layout) {
      return layout;
    }
    throw new IllegalArgumentException("BTF type " + id + " is no section");
  }

  private void variables(BtfType.DataSection layout, int section) {
    for (SectionVar var : layout.vars()) {
      String name = object.btf().type(var.var()).name();
      boolean global =
          object.btf().type(var.var()) instanceof BtfType.Var v
              && v.linkage() == BtfType.Linkage.GLOBAL;
      if (global) {
        global(
            new Symbol(
                name, ElfFile.STB_GLOBAL, ElfFile.STT_OBJECT, section, var.offset(), var.size()));
      } else {
        local(name, ElfFile.STT_OBJECT, section, var.offset(), var.size());
      }
    }
  }

  private void jumpTables() {
    starts.values().forEach(start -> tables.add(start.function(), start.bytes()));
    if (!tables.isEmpty()) {
      int index = progbits(JumpTables.SECTION, 0, 1, tables.bytes());
      tables.symbols(index).forEach(this::global);
    }
  }

  private void functionSymbols() {
    for (Start start : starts.values()) {
      BpfFunction function = start.function();
      int section = index(start.section().name());
      int size = function.slots() * InsnCodec.SLOT_BYTES;
      if (function.global()) {
        global(
            new Symbol(
                function.name(),
                ElfFile.STB_GLOBAL,
                ElfFile.STT_FUNC,
                section,
                start.bytes(),
                size));
      } else {
        local(function.name(), ElfFile.STT_FUNC, section, start.bytes(), size);
      }
    }
    starts.values().stream()
        .flatMap(start -> start.function().relocations().stream())
        .forEach(
            relocation -> {
              if (relocation.target() instanceof Target.Extern(String name, boolean weak)) {
                undefined(name, weak);
              }
            });
  }

  private int index(String section) {
    Integer index = indices.get(section);
    if (index == null) {
      throw new IllegalArgumentException("there is no section " + section);
    }
    return index;
  }

  private void relocations(CodeSection section, Map<String, Integer> numbers) {
    List<Start> here =
        starts.values().stream().filter(start -> start.section().equals(section)).toList();
    int count = here.stream().mapToInt(start -> start.function().relocations().size()).sum();
    if (count == 0) {
      return;
    }
    ByteBuffer out =
        ByteBuffer.allocate(count * ElfFile.RELOCATION_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Start start : here) {
      for (Relocation relocation : start.function().relocations()) {
        out.putLong(start.bytes() + relocation.at().bytes().value());
        out.putInt(type(start.function(), relocation));
        out.putInt(symbol(start.function(), relocation, numbers));
      }
    }
    relocations(section.name(), out);
  }

  private void relocations(String section, ByteBuffer out) {
    add(
        new Section(
            ".rel" + section,
            ElfFile.SHT_REL,
            0,
            0,
            index(section),
            8,
            ElfFile.RELOCATION_BYTES,
            out,
            out.capacity()));
  }

  /// Numbers of the symbols that relocations name: global ones by name, those of sections by the
  /// section's name behind a NUL.
  private Map<String, Integer> symbolNumbers() {
    Map<String, Integer> numbers = new HashMap<>();
    int number = 1;
    for (Symbol symbol : locals) {
      if (symbol.type() == ElfFile.STT_SECTION) {
        numbers.put("\0" + sections.get(symbol.section()).name(), number);
      }
      number++;
    }
    for (String name : globals.keySet()) {
      numbers.put(name, number++);
    }
    return numbers;
  }

  private static int type(BpfFunction function, Relocation relocation) {
    return switch (relocation.target()) {
      case Target.SubprogramCall _ -> ElfFile.R_BPF_64_32;
      case Target.Extern _ -> {
        int slot = 0;
        for (Insn insn : function.insns()) {
          if (slot == relocation.at().value() && insn instanceof Insn.Call) {
            yield ElfFile.R_BPF_64_32;
          }
          slot += insn.slots();
        }
        yield ElfFile.R_BPF_64_64;
      }
      case Target.MapReference _,
          Target.DataReference _,
          Target.JumpTable _,
          Target.SubprogramAddress _ ->
          ElfFile.R_BPF_64_64;
    };
  }

  private int symbol(BpfFunction user, Relocation relocation, Map<String, Integer> numbers) {
    String name =
        switch (relocation.target()) {
          case Target.JumpTable _ -> tables.name(user, relocation);
          case Target.MapReference(String map) -> map;
          case Target.DataReference(String section, int offset)
              when section.equals(DataSection.KERNEL_CONFIG) ->
              configured.getOrDefault(offset, section);
          case Target.DataReference(String section, _) -> "\0" + section;
          case Target.SubprogramCall(String function) -> functionSymbol(function);
          case Target.SubprogramAddress(String function) -> functionSymbol(function);
          case Target.Extern(String extern, _) -> extern;
        };
    return number(name, numbers);
  }

  private static int number(String name, Map<String, Integer> numbers) {
    Integer number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException("there is no symbol " + name);
    }
    return number;
  }

  private String functionSymbol(String name) {
    return subprogram(name).function().global() ? name : "\0" + subprogram(name).section().name();
  }

  private void btf() {
    BtfExt ext = ext();
    boolean silent =
        ext.functions().isEmpty() && ext.lines().isEmpty() && ext.relocations().isEmpty();
    if (silent && object.btf().isEmpty()) {
      return;
    }
    BtfStrings strings = new BtfStrings();
    byte[] extBytes = ext.toBytes(strings::add);
    progbits(".BTF", 0, 4, BtfWriter.write(object.btf(), strings));
    if (!silent) {
      progbits(".BTF.ext", 0, 4, extBytes);
    }
  }

  private BtfExt ext() {
    List<BtfExt.At<BtfExt.FunctionType>> functions = new ArrayList<>();
    List<BtfExt.At<BtfExt.Line>> lines = new ArrayList<>();
    List<BtfExt.At<BtfExt.Core>> relocations = new ArrayList<>();
    for (Start start : starts.values()) {
      String section = start.section().name();
      BpfFunction function = start.function();
      if (function.btfType() != 0) {
        functions.add(
            new BtfExt.At<>(section, start.bytes(), new BtfExt.FunctionType(function.btfType())));
      }
      for (LineRecord line : function.lines()) {
        if (line.line() > MAX_LINE || line.column() > MAX_COLUMN || line.column() < 0) {
          throw new IllegalArgumentException("no room for " + line);
        }
        lines.add(
            new BtfExt.At<>(
                section,
                start.bytes() + line.at().bytes().value(),
                new BtfExt.Line(line.file(), line.text(), line.line(), line.column())));
      }
      for (CoreRelocation core : function.coreRelocations()) {
        relocations.add(
            new BtfExt.At<>(
                section,
                start.bytes() + core.at().bytes().value(),
                new BtfExt.Core(core.typeId(), core.path(), core.kind())));
      }
    }
    return new BtfExt(functions, lines, relocations);
  }
}
