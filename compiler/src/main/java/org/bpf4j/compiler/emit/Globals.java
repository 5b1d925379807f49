package org.bpf4j.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.compiler.ast.GlobalLayout;
import org.bpf4j.compiler.ast.MapFamily;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Symbols;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.MapDeclaration;
import org.bpf4j.compiler.ast.Unit.MapSettings;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.MapBtf;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.MapTraits;
import org.bpf4j.object.ObjectBtf;
import org.bpf4j.object.ObjectBtf.GlobalVariable;
import org.bpf4j.object.ProbeSpecs;
import org.bpf4j.object.ProgramParameters;

/// The maps and data sections of an object, with their BTF.
final class Globals {

  private final Program program;
  private final ProgramTypes types;
  private final BtfBuilder btf;

  Globals(Program program, ProgramTypes types, BtfBuilder btf) {
    this.program = program;
    this.types = types;
    this.btf = btf;
  }

  List<MapDefinition> maps() {
    Symbols symbols = new Symbols(program);
    List<MapDefinition> maps = new ArrayList<>();
    for (MapDeclaration map : program.maps()) {
      maps.add(definition(symbols, map));
    }
    if (program.functions().stream().anyMatch(Globals::readsProbe)) {
      maps.add(ProbeSpecs.definition());
    }
    if (!maps.isEmpty()) {
      MapBtf.add(btf, maps);
    }
    return maps;
  }

  private static boolean readsProbe(Unit.Function function) {
    return function.role() instanceof Unit.Role.Program role
        && role.kind().parameters() instanceof ProgramParameters.Probe
        && !function.parameters().isEmpty();
  }

  private MapDefinition definition(Symbols symbols, MapDeclaration map) {
    String name = symbols.map(map.owner(), map.name());
    MapSettings settings = map.settings();
    SortedMap<Integer, String> slots = new TreeMap<>();
    settings.stages().forEach(s -> slots.put(s.index(), symbols.function(s.program())));
    Optional<MapDefinition> inner =
        map.type().value() instanceof Type.MapType type
            ? settings.inner().map(i -> definition(name + ".inner", type, i.size(), i.flags()))
            : Optional.empty();
    MapFamily family = map.type().form().family();
    long extra =
        family == MapFamily.FILTER
            ? HASH_FUNCTIONS
            : family == MapFamily.ARENA ? MapTraits.ARENA_ADDRESS : 0;
    return definition(name, map.type(), map.size(), settings.flags())
        .with(new MapTraits(settings.pinned(), settings.numaNode(), extra, inner, slots));
  }

  /// The kernel gives streams no key and value types, but user space wants to know them.
  private MapDefinition definition(String name, Type.MapType type, int size, int flags) {
    MapForm form = type.form();
    Element key =
        switch (form.family().key()) {
          case NONE -> form.family() == MapFamily.SCRATCH ? element(Primitive.INT) : NOTHING;
          case INDEX -> element(Primitive.INT);
          case GROUP -> element(Primitive.LONG);
          case ENUM -> new Element(0, Integer.BYTES);
          case STORED -> element(type.key());
        };
    Element value =
        switch (form.family().value()) {
          case STORED, COPIED, STRUCT, HELD, EVENT -> element(type.value());
          case DESCRIPTOR, MAP -> new Element(0, Integer.BYTES);
          case TARGET -> new Element(0, 2 * Integer.BYTES);
          case TRACE -> new Element(0, STACK_DEPTH * traceBytes(flags));
          case NONE -> NOTHING;
        };
    boolean stream = form.kind().content() == MapKind.Content.STREAM;
    boolean events = form.family() == MapFamily.EVENTS;
    return new MapDefinition(
        name,
        form.kind(),
        key.bytes(),
        stream ? 0 : events ? Integer.BYTES : value.bytes(),
        size,
        flags | form.kind().requiredFlags(),
        key.type(),
        stream || events ? 0 : value.type());
  }

  /// What a function of a stack takes: an address, or a build id and an offset
  /// (`bpf_stack_build_id`).
  private static int traceBytes(int flags) {
    return MapFlag.STACK_BUILD_ID.isIn(flags) ? BUILD_ID_BYTES : Long.BYTES;
  }

  /// `map_extra` of bloom filters if it is left out: five.
  private static final int HASH_FUNCTIONS = 5;

  /// The size of `struct bpf_stack_build_id`.
  private static final int BUILD_ID_BYTES = 32;

  /// `PERF_MAX_STACK_DEPTH`.
  private static final int STACK_DEPTH = 127;

  /// A key or value: its BTF type, or 0, and its bytes.
  private record Element(int type, int bytes) {}

  private static final Element NOTHING = new Element(0, 0);

  private Element element(Type type) {
    return new Element(types.id(type), types.layouts().size(type));
  }

  List<DataSection> data() {
    List<DataSection> sections = new ArrayList<>();
    for (GlobalLayout.Section section : new GlobalLayout(program).sections()) {
      if (section.name().equals(DataSection.KERNEL_CONFIG)) {
        sections.add(configuration(section));
        continue;
      }
      List<GlobalVariable> variables = new ArrayList<>();
      for (GlobalLayout.Variable variable : section.variables()) {
        variables.add(
            new GlobalVariable(
                variable.symbol(), type(variable), variable.offset(), variable.bytes()));
      }
      int id = ObjectBtf.data(btf, section.name(), section.bytes().length, variables);
      sections.add(new DataSection(section.name(), section.bytes(), id));
    }
    return sections;
  }

  /// What the kernel was configured with: variables that the file only names. Loaders know a choice
  /// of three by the name of its type.
  private DataSection configuration(GlobalLayout.Section section) {
    List<BtfType.SectionVar> vars = new ArrayList<>();
    List<String> optional = new ArrayList<>();
    for (GlobalLayout.Variable variable : section.variables()) {
      Unit.Global global = variable.global().orElseThrow();
      int type = global.type() instanceof Type.EnumType ? types.tristate() : type(variable);
      int var = btf.add(new BtfType.Var(variable.symbol(), type, BtfType.Linkage.EXTERN));
      vars.add(new BtfType.SectionVar(var, variable.offset(), variable.bytes()));
      if (global.symbol().orElseThrow().optional()) {
        optional.add(variable.symbol());
      }
    }
    int bytes = section.bytes().length;
    int id = btf.add(new BtfType.DataSection(section.name(), bytes, vars));
    return new DataSection(section.name(), section.bytes(), id, optional, new TreeMap<>());
  }

  /// What the compiler added is a counter of 8 bytes in `.bss` or text in `.rodata`.
  private int type(GlobalLayout.Variable variable) {
    if (variable.global().isPresent()) {
      var global = variable.global().get();
      return types.id(global.type(), global.storage(), global.length());
    }
    return variable.symbol().endsWith("_lost") && variable.bytes() == Long.BYTES
        ? types.unsignedLong()
        : types.array(types.character(), variable.bytes());
  }
}
