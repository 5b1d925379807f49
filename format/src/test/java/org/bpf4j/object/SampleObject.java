package org.bpf4j.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.IntEncoding;
import org.bpf4j.btf.BtfType.Member;
import org.bpf4j.btf.BtfType.Parameter;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.InsnParser;
import org.bpf4j.object.Relocation.Target;

/// An object made by hand that uses all that an object can say, and that a kernel accepts: an XDP
/// program with maps, data, a static and a global subprogram and CO-RE; a tracepoint program with a
/// callback.
public final class SampleObject {

  private final BtfBuilder types = new BtfBuilder();
  private final int integer = types.add(new BtfType.Int("int", 4, IntEncoding.SIGNED, 32));
  private final int wide = types.add(new BtfType.Int("long", 8, IntEncoding.SIGNED, 64));

  private SampleObject() {}

  public static BpfObject build() {
    return new SampleObject().object();
  }

  private BpfObject object() {
    List<MapDefinition> maps =
        List.of(
            new MapDefinition("counts", MapKind.HASH, 4, 8, 1024, 1, integer, wide),
            new MapDefinition("slots", MapKind.ARRAY, 4, 8, 16, 0, integer, wide),
            new MapDefinition("events", MapKind.RINGBUF, 0, 0, 1 << 16, 0, 0, 0),
            new MapDefinition("plain", MapKind.LRU_HASH, 12, 3, 7, 0, 0, 0));
    MapBtf.add(types, maps);
    byte[] constants = new byte[8];
    ByteBuffer.wrap(constants).order(ByteOrder.LITTLE_ENDIAN).putInt(3);
    List<DataSection> data =
        List.of(
            new DataSection(
                ".rodata", constants, data(".rodata", 8, variable("limit", integer, 0, 4))),
            new DataSection(
                ".bss",
                new byte[16],
                data(".bss", 16, variable("seen", wide, 0, 8), variable("lost", wide, 8, 8))),
            new DataSection(".data.extra", new byte[] {1, 2, 3, 4}, 0));
    List<CodeSection> code =
        List.of(
            new CodeSection(CodeSection.TEXT, List.of(twice(), callback(), checked())),
            new CodeSection("xdp", List.of(filter())),
            new CodeSection("tracepoint/syscalls/sys_enter_execve", List.of(onExecve())));
    return new BpfObject("GPL", code, maps, data, types.build(), Optional.of(note()), origins());
  }

  private int data(String section, int bytes, ObjectBtf.GlobalVariable... variables) {
    return ObjectBtf.data(types, section, bytes, List.of(variables));
  }

  private static ObjectBtf.GlobalVariable variable(String name, int type, int offset, int bytes) {
    return new ObjectBtf.GlobalVariable(name, type, offset, bytes);
  }

  private BpfFunction filter() {
    List<Insn> insns =
        InsnParser.parseAll(
            """
            r1 = 0                        ; 0
            *(u32 *)(r10 - 4) = r1        ; 1
            r2 = r10                      ; 2
            r2 += -4                      ; 3
            r1 = 0 ll                     ; 4 counts
            call 1                        ; 6
            if r0 == 0 goto +2            ; 7
            r1 = 1                        ; 8
            lock *(u64 *)(r0 + 0) += r1   ; 9
            r1 = 0 ll                     ; 10 lost
            r2 = *(u64 *)(r1 + 0)         ; 12
            r2 += 1                       ; 13
            *(u64 *)(r1 + 0) = r2         ; 14
            r1 = 0 ll                     ; 15 limit
            r1 = *(u32 *)(r1 + 0)         ; 17
            call pc-1                     ; 18 twice
            r1 = r0                       ; 19
            call pc-1                     ; 20 checked
            r3 = 0                        ; 21 CO-RE
            r0 = 2                        ; 22
            exit                          ; 23
            """);
    List<Relocation> relocations =
        List.of(
            at(4, new Target.MapReference("counts")),
            at(10, new Target.DataReference(".bss", 8)),
            at(15, new Target.DataReference(".rodata", 0)),
            at(18, new Target.SubprogramCall("twice")),
            at(20, new Target.SubprogramCall("checked")));
    int task =
        types.add(
            new BtfType.Struct(
                "task_struct___bpf4j1", 4, List.of(new Member("pid", integer, 0, 0))));
    CoreRelocation core =
        new CoreRelocation(new InsnIndex(21), task, "0:0", CoreRelocation.Kind.FIELD_BYTE_OFFSET);
    int context = types.add(new BtfType.Pointer(types.add(new BtfType.Forward("xdp_md", false))));
    int type = function("filter", true, new Parameter("ctx", context));
    return new BpfFunction(
        "filter", true, insns, relocations, List.of(core), lines("filter", 0, 6, 18), type);
  }

  private BpfFunction onExecve() {
    List<Insn> insns =
        InsnParser.parseAll(
            """
            r1 = 10
            r2 = function 0x0 ll
            r3 = 0
            r4 = 0
            call 181
            r0 = 0
            exit
            """);
    int context = types.add(new BtfType.Pointer(0));
    int type = function("on_execve", true, new Parameter("ctx", context));
    List<Relocation> relocations = List.of(at(1, new Target.SubprogramAddress("callback")));
    return new BpfFunction(
        "on_execve", true, insns, relocations, List.of(), lines("on_execve", 0), type);
  }

  private BpfFunction twice() {
    int type = function("twice", false, new Parameter("n", integer));
    List<Insn> insns = InsnParser.parseAll("w0 = w1\nw0 += w1\nexit");
    return new BpfFunction("twice", false, insns, List.of(), List.of(), lines("twice", 0, 1), type);
  }

  private BpfFunction callback() {
    int context = types.add(new BtfType.Pointer(0));
    int type =
        function("callback", false, new Parameter("index", integer), new Parameter("ctx", context));
    List<Insn> insns = InsnParser.parseAll("r0 = 0\nexit");
    return new BpfFunction(
        "callback", false, insns, List.of(), List.of(), lines("callback", 0), type);
  }

  private BpfFunction checked() {
    int type = function("checked", true, new Parameter("n", integer));
    List<Insn> insns = InsnParser.parseAll("call pc-1\nexit");
    List<Relocation> relocations = List.of(at(0, new Target.SubprogramCall("twice")));
    return new BpfFunction(
        "checked", true, insns, relocations, List.of(), lines("checked", 0), type);
  }

  private int function(String name, boolean global, Parameter... parameters) {
    int proto = types.add(new BtfType.FuncProto(integer, List.of(parameters)));
    return ObjectBtf.function(types, name, global, proto);
  }

  private static Relocation at(int slot, Target target) {
    return new Relocation(new InsnIndex(slot), target);
  }

  private static List<LineRecord> lines(String function, int... slots) {
    List<LineRecord> lines = new ArrayList<>();
    for (int slot : slots) {
      String text = "  static int " + function + "() { /* é */ }";
      lines.add(new LineRecord(new InsnIndex(slot), "com/example/Sample.java", text, 10 + slot, 3));
    }
    return lines;
  }

  private static ObjectNote note() {
    return new ObjectNote(
        ObjectNote.FORMAT,
        "com.example.Sample",
        "0.1.0",
        List.of(
            new ObjectNote.ProgramFloor("filter", KernelVersion.FLOOR),
            new ObjectNote.ProgramFloor("on_execve", new KernelVersion(5, 17))),
        List.of(new ObjectNote.SidecarHash("com.example.Lib$Inner", "00ff")));
  }

  private static List<LineOrigin> origins() {
    LineOrigin.Frame inner = new LineOrigin.Frame("com/example/Lib.java", 5, 7);
    LineOrigin.Frame outer = new LineOrigin.Frame("com/example/Sample.java", 30, 9);
    return List.of(
        new LineOrigin("filter", new InsnIndex(0), List.of(outer)),
        new LineOrigin("filter", new InsnIndex(4), List.of(inner, outer)),
        new LineOrigin("on_execve", new InsnIndex(0), List.of(outer)));
  }
}
