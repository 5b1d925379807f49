package org.bpf4j.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.compiler.ast.GlobalLayout;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Symbols;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit.MapDeclaration;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.MapBtf;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.ObjectBtf;
import org.bpf4j.object.ObjectBtf.GlobalVariable;

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
      maps.add(definition(symbols.map(map.owner(), map.name()), map));
    }
    if (!maps.isEmpty()) {
      MapBtf.add(btf, maps);
    }
    return maps;
  }

  /// The kernel gives ring buffers no key and value types.
  private MapDefinition definition(String name, MapDeclaration map) {
    MapForm form = map.type().form();
    if (form == MapForm.RING) {
      types.id(map.type().value());
      return new MapDefinition(name, form.kind(), 0, 0, map.size(), 0, 0, 0);
    }
    Type key = form.kind().isArray() ? Primitive.INT : map.type().key();
    Type value = map.type().value();
    return new MapDefinition(
        name,
        form.kind(),
        types.layouts().size(key),
        types.layouts().size(value),
        map.size(),
        0,
        types.id(key),
        types.id(value));
  }

  List<DataSection> data() {
    List<DataSection> sections = new ArrayList<>();
    for (GlobalLayout.Section section : new GlobalLayout(program).sections()) {
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
