package org.bpf4j.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.isa.Insn;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;

/// The object of [JavaPrograms], as a compiler would write it; its functions do nothing.
final class JavaObjects {

  private final BtfBuilder btf = new BtfBuilder();
  private final int u8 = integer("u8", 1, BtfType.IntEncoding.NONE);
  private final int bool = integer("bool", 1, BtfType.IntEncoding.BOOL);
  private final int s16 = integer("s16", 2, BtfType.IntEncoding.SIGNED);
  private final int u16 = integer("u16", 2, BtfType.IntEncoding.NONE);
  private final int s32 = integer("s32", 4, BtfType.IntEncoding.SIGNED);
  private final int u64 = integer("u64", 8, BtfType.IntEncoding.NONE);

  private JavaObjects() {}

  static BpfObject object() {
    return new JavaObjects().build();
  }

  private int integer(String name, int bytes, BtfType.IntEncoding encoding) {
    return btf.add(new BtfType.Int(name, bytes, encoding, bytes * 8));
  }

  private int array(int element, int count) {
    return btf.add(new BtfType.Array(element, s32, count));
  }

  private static BtfType.Member member(String name, int type, int offset) {
    return new BtfType.Member(name, type, offset * 8, 0);
  }

  private int struct(String name, int bytes, BtfType.Member... members) {
    return btf.add(new BtfType.Struct(name, bytes, List.of(members)));
  }

  private BtfType.SectionVar variable(String name, int type, int offset, int size) {
    int id = btf.add(new BtfType.Var(name, type, BtfType.Linkage.GLOBAL));
    return new BtfType.SectionVar(id, offset, size);
  }

  private BpfObject build() {
    int flow = struct("Flow", 8, member("source", s32, 0), member("port", u16, 4));
    int inner = struct("Inner", 2, member("small", s16, 0));
    int stats =
        struct(
            "Stats",
            48,
            member("packets", u64, 0),
            member("last", u8, 8),
            member("color", s32, 12),
            member("bytes", u64, 16),
            member("comm", array(u8, 8), 24),
            member("sizes", array(s32, 3), 32),
            member("inner", inner, 44));
    struct("Event", 20, member("pid", s32, 0), member("comm", array(u8, 16), 4));
    struct("Args", 16, member("left", s32, 0), member("right", s32, 4), member("sum", u64, 8));
    int pointer = btf.add(new BtfType.Pointer(0));
    struct(
        "task_struct___bpf4j1",
        32,
        member("tgid", s32, 0),
        member("real_parent", pointer, 8),
        member("comm", array(u8, 16), 16));
    struct(
        "trace_event_raw_sched_process_exec___bpf4j1",
        12,
        member("filename", s32, 0),
        member("pid", s32, 4),
        member("old_pid", s32, 8));
    List<DataSection> data =
        List.of(
            section(".rodata", new byte[1], variable("dropAll", bool, 0, 1)),
            section(
                ".data",
                new byte[] {
                  7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0
                },
                variable("seen", u64, 0, 8),
                variable("total", u64, 8, 8),
                variable("table", array(s32, 3), 16, 12)),
            section(
                ".bss",
                new byte[16],
                variable("events_lost", u64, 0, 8),
                variable("startedWith", s32, 8, 4)));
    List<MapDefinition> maps =
        List.of(
            new MapDefinition("blocked", MapKind.HASH, 8, 1, 2, 0, flow, bool),
            new MapDefinition("stats", MapKind.LRU_PERCPU_HASH, 4, 48, 2, 0, s32, stats),
            new MapDefinition("count", MapKind.ARRAY, 4, 8, 4, 0, s32, u64),
            new MapDefinition("events", MapKind.RINGBUF, 0, 0, 4096, 0, 0, 0),
            new MapDefinition("scratch", MapKind.PERCPU_ARRAY, 4, 48, 1, 0, s32, stats));
    List<CodeSection> code = new ArrayList<>();
    code.add(code("xdp", "filter", "resize", "abort", "ownView"));
    code.add(code("tc", "shape", "overflow"));
    code.add(
        code(
            "syscall",
            "add",
            "containers",
            "tooWide",
            "unknownColor",
            "full",
            "keyOutOfRange",
            "log",
            "world"));
    code.add(code("tracepoint/sched/sched_process_exec", "onExec"));
    code.add(code("raw_tracepoint/sched_switch", "onSwitch"));
    code.add(code("kprobe/do_exit", "onExit"));
    return new BpfObject("GPL", code, maps, data, btf.build(), Optional.empty(), List.of());
  }

  private DataSection section(String name, byte[] bytes, BtfType.SectionVar... vars) {
    int id = btf.add(new BtfType.DataSection(name, bytes.length, List.of(vars)));
    return new DataSection(name, bytes, id);
  }

  private static CodeSection code(String section, String... functions) {
    List<BpfFunction> made = new ArrayList<>();
    for (String name : functions) {
      made.add(
          new BpfFunction(
              name, true, List.of(new Insn.Exit()), List.of(), List.of(), List.of(), 0));
    }
    return new CodeSection(section, made);
  }
}
