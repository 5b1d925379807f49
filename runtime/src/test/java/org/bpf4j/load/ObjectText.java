package org.bpf4j.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.InsnParser;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.CoreRelocation;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.LineRecord;
import org.bpf4j.object.MapBtf;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ObjectBtf;
import org.bpf4j.object.Relocation;

/// Builds objects from assembly text, as the compiler would build them from Java.
///
/// Beside instructions a line may say `rN = map NAME`, `rN = data SECTION OFFSET`, `call NAME` and
/// `rN = address NAME`, and of the kernel's `rN = extern NAME`, and of places `rN = table SLOT
/// SLOT`; `KIND TYPE PATH : INSN` is an instruction with a CO-RE relocation. Every line is a source
/// line of `Test.java`, numbered from 1 in each function.
public final class ObjectText {

  public final BtfBuilder types = new BtfBuilder();
  private final List<CodeSection> code = new ArrayList<>();
  private final List<BpfFunction> text = new ArrayList<>();
  private final List<MapDefinition> maps = new ArrayList<>();
  private final List<DataSection> data = new ArrayList<>();
  public final int intType = types.add(new BtfType.Int("int", 4, BtfType.IntEncoding.SIGNED, 32));
  public final int longType = types.add(new BtfType.Int("long", 8, BtfType.IntEncoding.SIGNED, 64));

  public ObjectText map(String name, MapKind kind, int keySize, int valueSize, int maxEntries) {
    return map(name, kind, keySize, valueSize, maxEntries, 0);
  }

  public ObjectText map(
      String name, MapKind kind, int keySize, int valueSize, int maxEntries, int flags) {
    maps.add(new MapDefinition(name, kind, keySize, valueSize, maxEntries, flags, 0, 0));
    return this;
  }

  public ObjectText typedMap(String name, MapKind kind, int key, int value, int maxEntries) {
    int keySize = (int) types.build().sizeOf(key).orElseThrow();
    int valueSize = (int) types.build().sizeOf(value).orElseThrow();
    maps.add(new MapDefinition(name, kind, keySize, valueSize, maxEntries, 0, key, value));
    return this;
  }

  /// A section of `long` variables, named and initialised by turns.
  public ObjectText data(String section, Object... namesAndValues) {
    List<ObjectBtf.GlobalVariable> variables = new ArrayList<>();
    ByteBuffer bytes =
        ByteBuffer.allocate(namesAndValues.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = (String) namesAndValues[i];
      variables.add(new ObjectBtf.GlobalVariable(name, longType, bytes.position(), 8));
      bytes.putLong(((Number) namesAndValues[i + 1]).longValue());
    }
    int type = ObjectBtf.data(types, section, bytes.capacity(), variables);
    data.add(new DataSection(section, bytes.array(), type));
    return this;
  }

  public ObjectText program(String section, String name, String lines) {
    code.add(new CodeSection(section, List.of(function(name, true, lines))));
    return this;
  }

  public ObjectText subprogram(String name, String lines) {
    text.add(function(name, false, lines));
    return this;
  }

  public BpfObject build() {
    if (!maps.isEmpty()) {
      MapBtf.add(types, maps);
    }
    List<CodeSection> all = new ArrayList<>();
    all.add(new CodeSection(CodeSection.TEXT, text));
    all.addAll(code);
    return new BpfObject("GPL", all, maps, data, types.build(), Optional.empty(), List.of());
  }

  public LoadRequest request() {
    return LoadRequest.of(build(), ObjectText.class);
  }

  public LoadedObject load() {
    return Kernel.local().load(request());
  }

  private BpfFunction function(String name, boolean global, String lines) {
    int parameter = types.add(new BtfType.Pointer(0));
    int proto =
        types.add(new BtfType.FuncProto(intType, List.of(new BtfType.Parameter("ctx", parameter))));
    int type = ObjectBtf.function(types, name, global, proto);
    Lines parsed = new Lines();
    lines.lines().map(String::strip).filter(l -> !l.isEmpty()).forEach(parsed::add);
    return new BpfFunction(
        name, global, parsed.insns, parsed.relocations, parsed.core, parsed.lines, type);
  }

  private static final class Lines {
    final List<Insn> insns = new ArrayList<>();
    final List<Relocation> relocations = new ArrayList<>();
    final List<CoreRelocation> core = new ArrayList<>();
    final List<LineRecord> lines = new ArrayList<>();
    int slot;

    void add(String line) {
      InsnIndex at = new InsnIndex(slot);
      lines.add(new LineRecord(at, "Test.java", line, lines.size() + 1, 3));
      Insn insn = parse(at, line);
      insns.add(insn);
      slot += insn.slots();
    }

    private Insn parse(InsnIndex at, String line) {
      String[] words = line.split(" ");
      if (line.contains(" : ")) {
        core.add(
            new CoreRelocation(
                at, Integer.parseInt(words[1]), words[2], CoreRelocation.Kind.valueOf(words[0])));
        return InsnParser.parse(line.substring(line.indexOf(" : ") + 3));
      }
      if (words.length > 2 && words[2].equals("map")) {
        return wide(at, words[0], new Relocation.Target.MapReference(words[3]));
      }
      if (words.length > 2 && words[2].equals("data")) {
        int offset = Integer.parseInt(words[4]);
        return wide(at, words[0], new Relocation.Target.DataReference(words[3], offset));
      }
      if (words.length > 2 && words[2].equals("address")) {
        return wide(at, words[0], new Relocation.Target.SubprogramAddress(words[3]));
      }
      if (words.length > 2 && words[2].equals("table")) {
        List<Integer> slots = Stream.of(words).skip(3).map(Integer::valueOf).toList();
        return wide(at, words[0], new Relocation.Target.JumpTable(slots));
      }
      if (words.length > 2 && words[2].equals("extern")) {
        return wide(at, words[0], new Relocation.Target.Extern(words[3]));
      }
      if (words[0].equals("call") && Character.isLetter(words[1].charAt(0))) {
        relocations.add(new Relocation(at, new Relocation.Target.SubprogramCall(words[1])));
        return new Insn.Call(Insn.CallKind.SUBPROGRAM, -1);
      }
      return InsnParser.parse(line);
    }

    private Insn wide(InsnIndex at, String register, Relocation.Target target) {
      relocations.add(new Relocation(at, target));
      return InsnParser.parse(register + " = 0 ll");
    }
  }
}
