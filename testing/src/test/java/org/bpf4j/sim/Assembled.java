package org.bpf4j.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.Btf;
import org.bpf4j.isa.Assembler;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.CoreRelocation;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.LineRecord;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.Relocation;
import org.bpf4j.object.Relocation.Target;

/// An object written by hand, in assembly with references: `map %r1, counts`, `data %r1, .bss, 8`,
/// `function %r2, callback`, `subprogram name`, and `core KIND type path` in front of an
/// instruction.
final class Assembled {

  private final List<CodeSection> code = new ArrayList<>();
  private final List<MapDefinition> maps = new ArrayList<>();
  private final List<DataSection> data = new ArrayList<>();
  private Btf btf = Btf.EMPTY;

  static Assembled program(String section, String name, String text) {
    return new Assembled().code(section, name, text);
  }

  Assembled code(String section, String name, String text) {
    code.add(new CodeSection(section, List.of(function(name, text))));
    return this;
  }

  Assembled map(String name, MapKind kind, int key, int value, int entries) {
    maps.add(new MapDefinition(name, kind, key, value, entries, 0, 0, 0));
    return this;
  }

  Assembled data(String name, byte... bytes) {
    data.add(new DataSection(name, bytes, 0));
    return this;
  }

  Assembled btf(Btf types) {
    btf = types;
    return this;
  }

  BpfObject object() {
    return new BpfObject("GPL", code, maps, data, btf, Optional.empty(), List.of());
  }

  private static BpfFunction function(String name, String text) {
    StringBuilder plain = new StringBuilder();
    List<Relocation> relocations = new ArrayList<>();
    List<CoreRelocation> core = new ArrayList<>();
    List<LineRecord> lines = new ArrayList<>();
    int slot = 0;
    int line = 0;
    for (String source : text.lines().map(String::strip).filter(s -> !s.isEmpty()).toList()) {
      String[] words = source.split("[ ,]+");
      line++;
      if (!words[0].equals("core")) {
        lines.add(new LineRecord(new InsnIndex(slot), "Test.java", source, line, 1));
      }
      InsnIndex at = new InsnIndex(slot);
      switch (words[0]) {
        case "core" ->
            core.add(
                new CoreRelocation(
                    at,
                    Integer.parseInt(words[2]),
                    words[3],
                    CoreRelocation.Kind.valueOf(words[1])));
        case "map", "data", "function" -> {
          Target target =
              switch (words[0]) {
                case "map" -> new Target.MapReference(words[2]);
                case "data" -> new Target.DataReference(words[2], Integer.parseInt(words[3]));
                default -> new Target.SubprogramAddress(words[2]);
              };
          relocations.add(new Relocation(at, target));
          plain.append("lddw ").append(words[1]).append(", 0\n");
          slot += 2;
        }
        case "subprogram" -> {
          relocations.add(new Relocation(at, new Target.SubprogramCall(words[1])));
          plain.append("call 1\n");
          slot++;
        }
        default -> {
          plain.append(source).append('\n');
          slot += source.endsWith(":") ? 0 : words[0].equals("lddw") ? 2 : 1;
        }
      }
    }
    return new BpfFunction(
        name, true, Assembler.assemble(plain.toString()), relocations, core, lines, 0);
  }
}
