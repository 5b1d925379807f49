package org.bpf4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.TestInput;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.InsnParser;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.Relocation;
import org.bpf4j.object.Relocation.Target;
import org.bpf4j.vm.Outcome;
import org.junit.jupiter.api.Test;

/// Loading, relocating, attaching, closing, refusing.
class SimulatedKernelTest {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final String COUNT =
      """
      stw [%r10-4], 0
      map %r1, counts
      mov %r2, %r10
      add %r2, -4
      call 1
      jeq %r0, 0, absent
      mov %r1, 1
      lock add [%r0], %r1
      mov %r0, 2
      exit
      absent:
      mov %r0, 1
      exit
      """;

  private final SimulatedKernel kernel = SimulatedKernel.create();

  private LoadedObject load(Assembled object) {
    return kernel.load(LoadRequest.of(object.object(), SimulatedKernelTest.class));
  }

  private static MemorySegment ints(int... values) {
    MemorySegment segment = MemorySegment.ofArray(new byte[values.length * 4]);
    for (int i = 0; i < values.length; i++) {
      segment.set(INT, i * 4L, values[i]);
    }
    return segment;
  }

  private long call(String body) {
    LoadedObject loaded = load(Assembled.program("syscall", "p", body));
    return loaded.program("p").run(TestInput.context(new byte[64])).returnValue();
  }

  /// Places are relative to their function, wherever it stands in the program.
  @Test
  void jumpsGoByTables() {
    Target table = new Target.JumpTable(List.of(8, 11));
    BpfFunction program =
        new BpfFunction(
            "p",
            true,
            InsnParser.parseAll(
                """
                r1 = *(u64 *)(r1 + 0)
                r1 &= 1
                r1 <<= 3
                r2 = 0 ll
                r2 += r1
                r2 = *(u64 *)(r2 + 0)
                gotox r2
                r0 = 6
                r0 += 1
                exit
                r0 = 9
                exit
                """),
            List.of(new Relocation(new InsnIndex(3), table)),
            List.of(),
            List.of(),
            0);
    BpfObject object =
        new BpfObject(
            "GPL",
            List.of(new CodeSection("syscall", List.of(program))),
            List.of(),
            List.of(),
            Btf.EMPTY,
            Optional.empty(),
            List.of());
    LoadedProgram loaded =
        kernel.load(LoadRequest.of(object, SimulatedKernelTest.class)).program("p");
    byte[] second = {1, 0, 0, 0, 0, 0, 0, 0};
    assertThat(loaded.run(TestInput.context(new byte[8])).returnValue()).isEqualTo(7);
    assertThat(loaded.run(TestInput.context(second)).returnValue()).isEqualTo(9);
  }

  @Test
  void configurationReplacesDataSizesAndPrograms() {
    Assembled object =
        Assembled.program("syscall", "p", "data %r1, .rodata, 0\nldxb %r0, [%r1]\nexit")
            .code("xdp", "skipped", "mov %r0, 2\nexit")
            .data(".rodata", (byte) 1)
            .map("h", MapKind.HASH, 4, 4, 8);
    LoadedObject loaded =
        kernel.load(
            new LoadRequest(
                object.object(),
                SimulatedKernelTest.class,
                Map.of(".rodata", new byte[] {7}),
                Map.of("h", 3),
                Set.of("skipped")));
    assertThat(loaded.program("p").run(TestInput.context(new byte[0])).returnValue()).isEqualTo(7);
    assertThat(loaded.map("h").definition().maxEntries()).isEqualTo(3);
    assertThatThrownBy(() -> loaded.program("skipped"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                kernel.load(
                    new LoadRequest(
                        object.object(),
                        SimulatedKernelTest.class,
                        Map.of(".rodata", new byte[2]),
                        Map.of(),
                        Set.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void storingToReadOnlyDataNamesTheLine() {
    LoadedObject loaded =
        load(
            Assembled.program("syscall", "p", "data %r1, .rodata, 0\nstb [%r1], 1\nexit")
                .data(".rodata", (byte) 1));
    assertThatThrownBy(() -> loaded.program("p").run(TestInput.context(new byte[0])))
        .isInstanceOfSatisfying(
            ProgramFaultException.class,
            e -> {
              assertThat(e)
                  .hasMessageContaining("Test.java:2")
                  .hasMessageContaining("stb [%r1], 1");
              assertThat(((Outcome.Fault) e.outcome()).kind()).isEqualTo(Outcome.Kind.READ_ONLY);
            });
  }

  @Test
  void coreRelocationsFollowTheKernelsTypes() {
    Btf declared = struct("task_struct___bpf4j1", 0, 32);
    Btf real = struct("task_struct", 64, 128);
    String body =
        """
        core FIELD_BYTE_OFFSET 2 0:1
        mov %r0, 0
        core FIELD_EXISTS 2 0:2
        mov %r1, 0
        lsh %r1, 16
        or %r0, %r1
        exit
        """;
    Assembled object = Assembled.program("syscall", "p", body).btf(declared);
    LoadRequest request = LoadRequest.of(object.object(), SimulatedKernelTest.class);
    TestInput input = TestInput.context(new byte[0]);
    assertThat(kernel.load(request).program("p").run(input).returnValue()).isEqualTo(4 | 1 << 16);
    assertThat(SimulatedKernel.withTypes(real).load(request).program("p").run(input).returnValue())
        .isEqualTo(16);
  }

  private static Btf struct(String name, int first, int second) {
    List<BtfType.Member> members = new ArrayList<>();
    members.add(new BtfType.Member("pid", 1, first, 0));
    members.add(new BtfType.Member("tgid", 1, second, 0));
    if (first == 0) {
      members.add(new BtfType.Member("gone", 1, 64, 0));
    }
    return new Btf(
        List.of(
            new BtfType.Int("int", 4, BtfType.IntEncoding.SIGNED, 32),
            new BtfType.Struct(name, 32, members)));
  }

  @Test
  void coreAccessWithoutTheFieldFaultsWhenReached() {
    Assembled object =
        Assembled.program("syscall", "p", "core FIELD_BYTE_OFFSET 2 0:2\nmov %r0, 0\nexit")
            .btf(struct("task_struct", 0, 32));
    LoadedObject loaded =
        SimulatedKernel.withTypes(struct("task_struct", 64, 128))
            .load(LoadRequest.of(object.object(), SimulatedKernelTest.class));
    assertThatThrownBy(() -> loaded.program("p").run(TestInput.context(new byte[0])))
        .isInstanceOf(ProgramFaultException.class)
        .hasMessageContaining("types do not have");
  }

  @Test
  void tracingProgramsRunWhenTheirHookIsHit() {
    String add = "data %r2, .bss, 0\nldxdw %r1, [%r1+OFF]\nlock add [%r2], %r1\nmov %r0, 0\nexit";
    LoadedObject loaded =
        load(
            Assembled.program("tracepoint/a/b", "tp", add.replace("OFF", "8"))
                .code("raw_tp/c", "raw", add.replace("OFF", "16"))
                .code("kprobe/f", "probe", add.replace("OFF", "104"))
                .data(".bss", new byte[8]));
    MemorySegment bss = loaded.data(".bss").segment();
    loaded.program("tp").attach(new Hook.Tracepoint("a", "b"));
    loaded.program("raw").attach(new Hook.RawTracepoint("c"));
    loaded.program("probe").attach(new Hook.Kprobe("f", false));
    byte[] record = new byte[16];
    record[8] = 1;
    assertThat(kernel.tracepoint("a", "b", record)).isEqualTo(1);
    assertThat(kernel.tracepoint("a", "b", new byte[0])).isEqualTo(1);
    assertThat(kernel.tracepoint("a", "other", record)).isZero();
    assertThat(kernel.rawTracepoint("c", 0, 0, 10)).isEqualTo(1);
    assertThat(kernel.kprobe("f", 7, 100)).isEqualTo(1);
    assertThat(bss.get(LONG, 0)).isEqualTo(111);
    assertThatThrownBy(() -> kernel.tracepoint("a", "b", new byte[8]))
        .isInstanceOf(ProgramFaultException.class);
  }

  @Test
  void closedObjectsRefuse() {
    LoadedObject loaded =
        load(Assembled.program("xdp", "count", COUNT).map("counts", MapKind.ARRAY, 4, 8, 1));
    LoadedProgram program = loaded.program("count");
    LoadedMap map = loaded.map("counts");
    loaded.close();
    loaded.close();
    assertThatThrownBy(() -> program.run(TestInput.packet(new byte[14])))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> map.lookup(ints(0), ints(0, 0)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> loaded.map("counts")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsNotModelledIsRefusedByName() {
    assertThatThrownBy(() -> load(new Assembled().map("t", MapKind.STRUCT_OPS, 4, 8, 1)))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("STRUCT_OPS");
    assertThatThrownBy(() -> call("call 119\nexit"))
        .isInstanceOf(ProgramFaultException.class)
        .hasMessageContaining("read_branch_records");
    assertThatThrownBy(() -> load(new Assembled().map("r", MapKind.RINGBUF, 0, 0, 5000)))
        .isInstanceOf(SyscallException.class);
  }
}
