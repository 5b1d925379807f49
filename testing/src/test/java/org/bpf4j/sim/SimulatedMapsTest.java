package org.bpf4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.bpf4j.object.MapKind;
import org.bpf4j.packet.Packet;
import org.junit.jupiter.api.Test;

/// Maps, globals and rings, from both sides.
class SimulatedMapsTest {

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
    return kernel.load(LoadRequest.of(object.object(), SimulatedMapsTest.class));
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
        .isInstanceOf(IndexOutOfBoundsException.class);
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
    assertThat(ring.spin(Duration.ofMillis(1), Duration.ZERO)).isFalse();
    emit.run(TestInput.context(new byte[0]));
    assertThat(ring.await(Duration.ZERO)).isTrue();
    assertThat(ring.spin(Duration.ZERO, Duration.ZERO)).isTrue();
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
}
