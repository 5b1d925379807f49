package org.bpf4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.MapFullException;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.MapKind;
import org.bpf4j.packet.Packet;
import org.bpf4j.sim.Reception.Verdict;
import org.bpf4j.vm.Outcome;
import org.junit.jupiter.api.Test;

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

  private static long readLong(LoadedMap map, int key) {
    MemorySegment value = MemorySegment.ofArray(new byte[map.valueBytes()]);
    assertThat(map.lookup(ints(key), value)).isTrue();
    return value.get(LONG, 0);
  }

  private long call(String body) {
    LoadedObject loaded = load(Assembled.program("syscall", "p", body));
    return loaded.program("p").run(TestInput.context(new byte[64])).returnValue();
  }

  @Test
  void programAndUserSpaceShareAnArray() {
    LoadedObject loaded =
        load(Assembled.program("xdp", "count", COUNT).map("counts", MapKind.ARRAY, 4, 8, 1));
    byte[] frame = Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(9, 53).bytes();
    TestRun run = loaded.program("count").run(new TestInput(frame, new byte[0], 3));
    assertThat(run.returnValue()).isEqualTo(2);
    assertThat(run.data()).isEqualTo(frame);
    assertThat(readLong(loaded.map("counts"), 0)).isEqualTo(3);
    loaded.map("counts").update(ints(0), ints(41, 0), UpdateMode.ANY);
    loaded.program("count").run(TestInput.packet(frame));
    assertThat(readLong(loaded.map("counts"), 0)).isEqualTo(42);
  }

  @Test
  void perCpuValuesBelongToTheCpuThatRan() {
    LoadedObject loaded =
        load(Assembled.program("xdp", "count", COUNT).map("counts", MapKind.PERCPU_ARRAY, 4, 8, 1));
    kernel.cpu(1);
    loaded.program("count").run(TestInput.packet(new byte[14]));
    LoadedMap map = loaded.map("counts");
    MemorySegment values = MemorySegment.ofArray(new byte[map.valueBytes()]);
    assertThat(map.valuesPerKey()).isEqualTo(2);
    assertThat(map.lookup(ints(0), values)).isTrue();
    assertThat(values.get(LONG, 0)).isZero();
    assertThat(values.get(LONG, 8)).isEqualTo(1);
  }

  @Test
  void arrayRules() {
    LoadedMap map = load(new Assembled().map("a", MapKind.ARRAY, 4, 4, 2)).map("a");
    MemorySegment next = ints(0);
    assertThat(map.nextKey(null, next)).isTrue();
    assertThat(next.get(INT, 0)).isZero();
    assertThat(map.nextKey(ints(0), next)).isTrue();
    assertThat(next.get(INT, 0)).isEqualTo(1);
    assertThat(map.nextKey(ints(1), next)).isFalse();
    assertThat(map.lookup(ints(2), ints(0))).isFalse();
    assertThat(map.update(ints(1), ints(7), UpdateMode.IF_ABSENT)).isFalse();
    assertThatThrownBy(() -> map.update(ints(2), ints(7), UpdateMode.ANY))
        .isInstanceOf(MapFullException.class);
    assertThatThrownBy(() -> map.delete(ints(0))).isInstanceOf(SyscallException.class);
  }

  @Test
  void hashRules() {
    LoadedMap map = load(new Assembled().map("h", MapKind.HASH, 4, 4, 2)).map("h");
    assertThat(map.update(ints(5), ints(50), UpdateMode.IF_PRESENT)).isFalse();
    assertThat(map.update(ints(5), ints(50), UpdateMode.IF_ABSENT)).isTrue();
    assertThat(map.update(ints(5), ints(51), UpdateMode.IF_ABSENT)).isFalse();
    assertThat(map.update(ints(6), ints(60), UpdateMode.ANY)).isTrue();
    assertThatThrownBy(() -> map.update(ints(7), ints(70), UpdateMode.ANY))
        .isInstanceOfSatisfying(
            MapFullException.class, e -> assertThat(e.maxEntries()).isEqualTo(2));
    assertThat(map.update(ints(6), ints(61), UpdateMode.ANY)).isTrue();
    assertThat(keys(map)).containsExactly(5, 6);
    assertThat(map.delete(ints(5))).isTrue();
    assertThat(map.delete(ints(5))).isFalse();
    assertThat(keys(map)).containsExactly(6);
    MemorySegment value = ints(0);
    assertThat(map.lookup(ints(6), value)).isTrue();
    assertThat(value.get(INT, 0)).isEqualTo(61);
  }

  private static List<Integer> keys(LoadedMap map) {
    List<Integer> keys = new ArrayList<>();
    MemorySegment key = ints(0);
    for (boolean more = map.nextKey(null, key); more; more = map.nextKey(key, key)) {
      keys.add(key.get(INT, 0));
    }
    return keys;
  }

  @Test
  void lruEvictsWhatProgramsDidNotUse() {
    String touch =
        """
        stw [%r10-4], 1
        map %r1, lru
        mov %r2, %r10
        add %r2, -4
        call 1
        mov %r0, 0
        exit
        """;
    LoadedObject loaded =
        load(Assembled.program("syscall", "touch", touch).map("lru", MapKind.LRU_HASH, 4, 4, 2));
    LoadedMap map = loaded.map("lru");
    map.update(ints(1), ints(10), UpdateMode.ANY);
    map.update(ints(2), ints(20), UpdateMode.ANY);
    loaded.program("touch").run(TestInput.context(new byte[0]));
    map.lookup(ints(2), ints(0));
    map.update(ints(3), ints(30), UpdateMode.ANY);
    assertThat(keys(map)).containsExactly(1, 3);
  }

  @Test
  void hashUpdateReplacesTheElement() {
    String replace =
        """
        stw [%r10-4], 1
        stw [%r10-8], 5
        map %r1, h
        mov %r2, %r10
        add %r2, -4
        mov %r3, %r10
        add %r3, -8
        mov %r4, 0
        call 2
        map %r1, h
        mov %r2, %r10
        add %r2, -4
        call 1
        mov %r6, %r0
        stw [%r10-8], 6
        map %r1, h
        mov %r2, %r10
        add %r2, -4
        mov %r3, %r10
        add %r3, -8
        mov %r4, 2
        call 2
        map %r1, h
        mov %r2, %r10
        add %r2, -4
        call 3
        ldxw %r0, [%r6]
        exit
        """;
    LoadedObject loaded =
        load(Assembled.program("syscall", "p", replace).map("h", MapKind.HASH, 4, 4, 8));
    assertThat(loaded.program("p").run(TestInput.context(new byte[0])).returnValue()).isEqualTo(5);
    assertThat(keys(loaded.map("h"))).isEmpty();
  }

  @Test
  void globalsAreShared() {
    LoadedObject loaded =
        load(
            Assembled.program(
                    "syscall",
                    "p",
                    """
                    data %r1, .rodata, 4
                    ldxw %r2, [%r1]
                    data %r1, .bss, 0
                    lock add [%r1], %r2
                    mov %r0, 0
                    exit
                    """)
                .data(".rodata", new byte[] {0, 0, 0, 0, 9, 0, 0, 0})
                .data(".bss", new byte[8]));
    MemorySegment bss = loaded.data(".bss").segment();
    bss.set(LONG, 0, 33);
    loaded.program("p").run(TestInput.context(new byte[0]));
    assertThat(bss.get(LONG, 0)).isEqualTo(42);
    assertThat(loaded.data(".rodata").segment().isReadOnly()).isTrue();
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

  private static final String EMIT =
      """
      map %r1, ring
      mov %r2, 8
      mov %r3, 0
      call 131
      jeq %r0, 0, full
      mov %r6, %r0
      call 5
      stxdw [%r6], %r0
      mov %r1, %r6
      mov %r2, 0
      call 132
      mov %r0, 0
      exit
      full:
      mov %r0, 1
      exit
      """;

  @Test
  void ringCarriesRecordsUntilFull() throws InterruptedException {
    LoadedObject loaded =
        load(Assembled.program("syscall", "emit", EMIT).map("ring", MapKind.RINGBUF, 0, 0, 4096));
    LoadedRing ring = loaded.ring("ring");
    LoadedProgram emit = loaded.program("emit");
    kernel.clock().set(Duration.ofNanos(77));
    assertThat(ring.await(Duration.ofMillis(1))).isFalse();
    emit.run(TestInput.context(new byte[0]));
    assertThat(ring.await(Duration.ZERO)).isTrue();
    List<Long> seen = new ArrayList<>();
    List<MemorySegment> dead = new ArrayList<>();
    ring.consume(
        segment -> {
          seen.add(segment.get(LONG, 0));
          dead.add(segment);
        });
    assertThat(seen).containsExactly(77L);
    assertThatThrownBy(() -> dead.getFirst().get(LONG, 0))
        .isInstanceOf(IllegalStateException.class);
    int written = 0;
    while (emit.run(TestInput.context(new byte[0])).returnValue() == 0) {
      written++;
    }
    assertThat(written).isEqualTo(4096 / 16 - 1);
    assertThat(ring.consume(_ -> {})).isEqualTo(written);
  }

  @Test
  void consumedEvenIfTheConsumerThrows() {
    LoadedObject loaded =
        load(Assembled.program("syscall", "emit", EMIT).map("ring", MapKind.RINGBUF, 0, 0, 4096));
    loaded.program("emit").run(new TestInput(new byte[0], new byte[0], 2));
    LoadedRing ring = loaded.ring("ring");
    assertThatThrownBy(
            () ->
                ring.consume(
                    _ -> {
                      throw new UnsupportedOperationException("no");
                    }))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(ring.consume(_ -> {})).isEqualTo(1);
  }

  @Test
  void waitersWakeWhenAProgramSubmits() throws Exception {
    LoadedObject loaded =
        load(Assembled.program("syscall", "emit", EMIT).map("ring", MapKind.RINGBUF, 0, 0, 4096));
    Thread emitter =
        Thread.startVirtualThread(() -> loaded.program("emit").run(TestInput.context(new byte[0])));
    assertThat(loaded.ring("ring").await(Duration.ofSeconds(20))).isTrue();
    emitter.join();
  }

  @Test
  void lostRecordIsALeak() {
    String leak =
        """
        map %r1, ring
        mov %r2, 8
        mov %r3, 0
        call 131
        mov %r0, 0
        exit
        """;
    LoadedObject loaded =
        load(Assembled.program("syscall", "p", leak).map("ring", MapKind.RINGBUF, 0, 0, 4096));
    assertThatThrownBy(() -> loaded.program("p").run(TestInput.context(new byte[0])))
        .isInstanceOf(ProgramFaultException.class)
        .hasMessageContaining("1 ring record");
  }

  @Test
  void xdpSeesThePacketAndMovesIt() {
    String body =
        """
        mov %r6, %r1
        ldxw %r2, [%r1]
        ldxw %r3, [%r1+4]
        mov %r4, %r2
        add %r4, 14
        jgt %r4, %r3, short
        stb [%r2], 0xaa
        mov %r2, 4
        call 44
        jne %r0, 0, short
        ldxw %r2, [%r6]
        ldxw %r3, [%r6+4]
        mov %r0, %r3
        sub %r0, %r2
        exit
        short:
        mov %r0, 0
        exit
        """;
    LoadedProgram program = load(Assembled.program("xdp", "p", body)).program("p");
    TestRun run = program.run(TestInput.packet(new byte[60]));
    assertThat(run.returnValue()).isEqualTo(56);
    assertThat(run.data()).hasSize(56);
    assertThat(run.context()).hasSize(24);
    TestRun second = program.run(TestInput.packet(new byte[18]));
    assertThat(second.returnValue()).isEqualTo(14);
    assertThat(program.run(TestInput.packet(new byte[17])).returnValue()).isZero();
    for (int size : new int[] {0, 13, 3521}) {
      assertThatThrownBy(() -> program.run(TestInput.packet(new byte[size])))
          .isInstanceOfSatisfying(SyscallException.class, e -> assertThat(e.errno()).isEqualTo(22));
    }
  }

  @Test
  void pointersFromBeforeAMoveAreStale() {
    String body =
        """
        ldxw %r6, [%r1]
        mov %r2, -4
        call 44
        ldxb %r0, [%r6]
        exit
        """;
    LoadedProgram program = load(Assembled.program("xdp", "p", body)).program("p");
    assertThatThrownBy(() -> program.run(TestInput.packet(new byte[60])))
        .isInstanceOf(ProgramFaultException.class)
        .hasMessageContaining("is no pointer");
  }

  @Test
  void xdpMetadataAndTail() {
    String body =
        """
        mov %r6, %r1
        mov %r2, -8
        call 54
        jne %r0, 0, bad
        ldxw %r2, [%r6+8]
        ldxw %r3, [%r6]
        mov %r4, %r3
        sub %r4, %r2
        jne %r4, 8, bad
        stdw [%r2], 7
        mov %r1, %r6
        mov %r2, 2
        call 65
        exit
        bad:
        mov %r0, -1
        exit
        """;
    TestRun run =
        load(Assembled.program("xdp", "p", body)).program("p").run(TestInput.packet(new byte[20]));
    assertThat(run.returnValue()).isZero();
    assertThat(run.data()).hasSize(8 + 22).startsWith(7, 0, 0, 0, 0, 0, 0, 0);
    ByteBuffer context = ByteBuffer.wrap(run.context()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(context.getInt(0)).isEqualTo(8);
    assertThat(context.getInt(4)).isEqualTo(30);
  }

  @Test
  void skbFieldsAndHelpers() {
    String body =
        """
        mov %r6, %r1
        ldxw %r0, [%r1+16]
        jne %r0, 8, bad
        ldxw %r0, [%r1]
        jne %r0, 42, bad
        stw [%r1+8], 5
        stw [%r10-4], 0x01020304
        mov %r2, 30
        mov %r3, %r10
        add %r3, -4
        mov %r4, 4
        mov %r5, 0
        call 9
        jne %r0, 0, bad
        mov %r1, %r6
        mov %r2, 24
        mov %r3, 0x0200000a
        mov %r4, 0x01020304
        mov %r5, 4
        call 10
        jne %r0, 0, bad
        mov %r1, %r6
        mov %r2, 40
        mov %r3, 0x0200000a
        mov %r4, 0x01020304
        mov %r5, 0x14
        call 11
        exit
        bad:
        mov %r0, -1
        exit
        """;
    LoadedProgram program = load(Assembled.program("tc", "p", body)).program("p");
    TestRun run =
        program.run(
            TestInput.packet(Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(9, 53).bytes()));
    assertThat(run.returnValue()).isZero();
    assertThat(run.data())
        .isEqualTo(Packet.ethernet().ipv4("10.0.0.1", "4.3.2.1").udp(9, 53).bytes());
    assertThat(ByteBuffer.wrap(run.context()).order(ByteOrder.LITTLE_ENDIAN).getInt(8))
        .isEqualTo(5);
  }

  @Test
  void contextFieldsThatMayNotBeWrittenFault() {
    assertThatThrownBy(
            () ->
                load(Assembled.program("tc", "p", "stw [%r1], 1\nmov %r0, 0\nexit"))
                    .program("p")
                    .run(TestInput.packet(new byte[14])))
        .isInstanceOf(ProgramFaultException.class)
        .hasMessageContaining("read-only");
  }

  @Test
  void environmentIsWhatTheTestSays() {
    kernel.clock().set(Duration.ofSeconds(3));
    kernel.clock().suspend(Duration.ofSeconds(2));
    kernel.clock().advance(Duration.ofNanos(5));
    kernel.cpu(1);
    kernel.task(new Task(12, 11, 1000, 100, "averylongcommandname", 99));
    assertThat(call("call 8\nexit")).isEqualTo(1);
    assertThat(call("call 14\nrsh %r0, 32\nexit")).isEqualTo(11);
    assertThat(call("call 14\nexit")).isEqualTo(12);
    assertThat(call("call 15\nrsh %r0, 32\nexit")).isEqualTo(100);
    assertThat(call("call 80\nexit")).isEqualTo(99);
    assertThat(call("call 125\nmov %r6, %r0\ncall 5\nsub %r6, %r0\nmov %r0, %r6\nexit"))
        .isEqualTo((int) 2_000_000_000L);
    assertThat(
            call(
                """
                mov %r1, %r10
                add %r1, -16
                mov %r2, 16
                call 16
                ldxb %r0, [%r10-2]
                ldxb %r1, [%r10-1]
                lsh %r0, 8
                or %r0, %r1
                exit
                """))
        .isEqualTo('n' << 8);
    kernel.seed(9);
    long first = call("call 7\nexit");
    kernel.seed(9);
    assertThat(call("call 7\nexit")).isEqualTo(first);
  }

  @Test
  void printsAndSignals() {
    LoadedObject loaded =
        load(
            Assembled.program(
                    "syscall",
                    "p",
                    """
                    data %r1, .rodata, 0
                    mov %r2, 16
                    mov %r3, -7
                    mov %r4, 255
                    data %r5, .rodata, 16
                    call 6
                    mov %r1, 9
                    call 109
                    exit
                    """)
                .data(".rodata", "a=%d b=%04lx %s\0text\0".getBytes(StandardCharsets.UTF_8)));
    assertThat(loaded.program("p").run(TestInput.context(new byte[0])).returnValue()).isZero();
    assertThat(kernel.trace()).containsExactly("a=-7 b=00ff text");
    assertThat(kernel.signals()).containsExactly(9);
  }

  @Test
  void probeReadsReachForeignMemoryOnly() {
    long user = kernel.userMemory("hello\0rest".getBytes(StandardCharsets.UTF_8));
    String body =
        """
        mov %r6, %r1
        lddw %r3, 0x%x
        mov %%r2, 8
        call %d
        stxdw [%%r6+8], %%r0
        mov %%r0, 0
        exit
        """;
    String text = body.replace("mov %r6, %r1", "mov %%r6, %%r1").replace("lddw %r3", "lddw %%r3");
    byte[] context = run(text.formatted(user, 114));
    assertThat(Arrays.copyOf(context, 8)).isEqualTo("hello\0\0\0".getBytes(StandardCharsets.UTF_8));
    assertThat(context[8]).isEqualTo((byte) 6);
    byte[] refused = run(text.formatted(user, 115));
    assertThat(Arrays.copyOf(refused, 8)).isEqualTo(new byte[8]);
    assertThat(refused[8]).isEqualTo((byte) -14);
    assertThat(run(text.formatted(user + 9, 112))[8]).isEqualTo((byte) -14);
    assertThat(Arrays.copyOf(run(text.formatted(user + 2, 112)), 8))
        .isEqualTo("llo\0rest".getBytes(StandardCharsets.UTF_8));
  }

  private byte[] run(String body) {
    LoadedObject loaded = load(Assembled.program("syscall", "p", body));
    byte[] context = new byte[16];
    Arrays.fill(context, (byte) 0x55);
    return loaded.program("p").run(TestInput.context(context)).context();
  }

  @Test
  void callbacksAndSubprograms() {
    LoadedObject loaded =
        load(
            Assembled.program(
                    "syscall",
                    "p",
                    """
                    stdw [%r10-8], 0
                    mov %r1, 10
                    function %r2, add
                    mov %r3, %r10
                    add %r3, -8
                    mov %r4, 0
                    call 181
                    mov %r6, %r0
                    ldxdw %r1, [%r10-8]
                    subprogram twice
                    add %r0, %r6
                    exit
                    """)
                .code(
                    ".text",
                    "add",
                    """
                    ldxdw %r3, [%r2]
                    add %r3, %r1
                    stxdw [%r2], %r3
                    mov %r0, 0
                    jlt %r1, 4, more
                    mov %r0, 1
                    more:
                    exit
                    """)
                .code(".text", "twice", "mov %r0, %r1\nadd %r0, %r1\nexit"));
    assertThat(loaded.program("p").run(TestInput.context(new byte[0])).returnValue())
        .isEqualTo(2 * 10 + 5);
  }

  @Test
  void forEachVisitsAllEntries() {
    LoadedObject loaded =
        load(
            Assembled.program(
                    "syscall",
                    "p",
                    """
                    stdw [%r10-8], 0
                    map %r1, h
                    function %r2, visit
                    mov %r3, %r10
                    add %r3, -8
                    mov %r4, 0
                    call 164
                    lsh %r0, 16
                    ldxdw %r1, [%r10-8]
                    or %r0, %r1
                    exit
                    """)
                .code(
                    ".text",
                    "visit",
                    """
                    ldxw %r1, [%r2]
                    ldxw %r3, [%r3]
                    mul %r1, %r3
                    ldxdw %r2, [%r4]
                    add %r2, %r1
                    stxdw [%r4], %r2
                    mov %r0, 0
                    exit
                    """)
                .map("h", MapKind.HASH, 4, 4, 8));
    loaded.map("h").update(ints(2), ints(3), UpdateMode.ANY);
    loaded.map("h").update(ints(5), ints(7), UpdateMode.ANY);
    assertThat(loaded.program("p").run(TestInput.context(new byte[0])).returnValue())
        .isEqualTo(2 << 16 | 41);
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
  void framesPassXdpThenTraffic() {
    LoadedObject loaded =
        load(
            Assembled.program("xdp", "even", "ldxw %r0, [%r1+12]\nand %r0, 1\nadd %r0, 1\nexit")
                .code("tc", "mark", "mov %r0, -1\nexit")
                .code("tcx/ingress", "shoot", "mov %r0, 2\nexit"));
    Packet frame = Packet.ethernet().payload("x");
    assertThat(kernel.receive("veth0", frame).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(kernel.interfaceIndex("veth0")).isEqualTo(2);
    try (var even = loaded.program("even").attach(new Hook.Xdp("veth0", Hook.XdpMode.ANY))) {
      assertThat(even.diesWithProcess()).isTrue();
      assertThat(kernel.receive("veth0", frame).verdict()).isEqualTo(Verdict.DROPPED);
      assertThat(kernel.receive("lo", frame).verdict()).isEqualTo(Verdict.PASSED);
      assertThatThrownBy(
              () -> loaded.program("even").attach(new Hook.Xdp("veth0", Hook.XdpMode.ANY)))
          .isInstanceOf(SyscallException.class);
    }
    Hook ingress = new Hook.Tc("veth0", Hook.Direction.INGRESS);
    loaded.program("mark").attach(ingress);
    assertThat(kernel.receive("veth0", frame).verdict()).isEqualTo(Verdict.PASSED);
    loaded.program("shoot").attach(ingress);
    assertThat(kernel.receive("veth0", frame).verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(kernel.send("veth0", frame).verdict()).isEqualTo(Verdict.PASSED);
    assertThatThrownBy(() -> loaded.program("even").attach(ingress))
        .isInstanceOf(IllegalArgumentException.class);
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
    loaded.program("probe").attach(new Hook.Kprobe("f"));
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
    assertThatThrownBy(() -> load(new Assembled().map("t", MapKind.LPM_TRIE, 8, 4, 4)))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("LPM_TRIE");
    assertThatThrownBy(() -> call("call 27\nexit"))
        .isInstanceOf(ProgramFaultException.class)
        .hasMessageContaining("get_stackid");
    assertThatThrownBy(() -> load(new Assembled().map("r", MapKind.RINGBUF, 0, 0, 5000)))
        .isInstanceOf(SyscallException.class);
  }

  @Test
  void nativeSegmentsServeAsKeysAndValues() {
    LoadedMap map = load(new Assembled().map("h", MapKind.HASH, 4, 4, 8)).map("h");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(INT, 5);
      MemorySegment value = arena.allocateFrom(INT, 6);
      map.update(key, value, UpdateMode.ANY);
      value.set(INT, 0, 0);
      assertThat(map.lookup(key, value)).isTrue();
      assertThat(value.get(INT, 0)).isEqualTo(6);
    }
  }

  @Test
  void checksumDifferenceFolds() {
    assertThat(
            call(
                """
                stw [%r10-8], 0x0200000a
                stw [%r10-4], 0x0300000a
                mov %r1, %r10
                add %r1, -8
                mov %r2, 4
                mov %r3, %r10
                add %r3, -4
                mov %r4, 4
                mov %r5, 0
                call 28
                exit
                """))
        .isEqualTo(0x0100);
  }
}
