package org.bpf4j.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.MapFullException;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.MapKind;
import org.bpf4j.packet.Packet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/// What the simulated kernel answers is what this machine's kernel answers, if it may be asked.
class FidelityTest {

  private static final byte[] UDP =
      Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(9, 53).payload("abcd").bytes();

  private static Kernel local() {
    String use = System.getProperty("bpf4j.kernel", "off");
    if (use.equals("off")) {
      throw new TestAbortedException("-Dbpf4j.kernel is off");
    }
    Kernel kernel = Kernel.local();
    try {
      kernel.load(request(new Assembled().map("trial", MapKind.ARRAY, 4, 4, 1).object())).close();
    } catch (BpfException e) {
      if (use.equals("require")) {
        throw e;
      }
      throw new TestAbortedException("bpf(2): " + e.getMessage(), e);
    }
    return kernel;
  }

  private static LoadRequest request(BpfObject object) {
    return LoadRequest.of(object, FidelityTest.class);
  }

  private static void same(BpfObject object, TestInput input) {
    assertThat(answer(SimulatedKernel.create(), object, input))
        .isEqualTo(answer(local(), object, input));
  }

  private static List<Object> answer(Kernel kernel, BpfObject object, TestInput input) {
    try (LoadedObject loaded = kernel.load(request(object))) {
      TestRun run = loaded.program("p").run(input);
      return List.of(run.returnValue(), hex(run.data()), hex(run.context()));
    } catch (SyscallException e) {
      return List.of("errno", e.errno());
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] xdpContext(int data, int dataEnd, int interfaceIndex) {
    ByteBuffer context = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    return context.putInt(0, data).putInt(4, dataEnd).putInt(12, interfaceIndex).array();
  }

  @ParameterizedTest
  @CsvSource({
    "44, -4",
    "44, 4",
    "44, -216",
    "44, -217",
    "44, 32",
    "44, 33",
    "54, -4",
    "54, -252",
    "54, -256",
    "54, -6",
    "54, 4",
    "65, 100",
    "65, -32",
    "65, -33",
    "65, 400",
    "65, 4000"
  })
  void xdpPacketsMoveAlike(int helper, int delta) {
    BpfObject object =
        Assembled.program("xdp", "p", "mov %r2, " + delta + "\ncall " + helper + "\nexit").object();
    same(object, TestInput.packet(UDP));
    same(object, new TestInput(UDP, xdpContext(8, UDP.length, 1), 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 13, 14, 15, 1514, 3520})
  void packetsOfAnyLength(int length) {
    BpfObject xdp =
        Assembled.program("xdp", "p", "ldxw %r0, [%r1+4]\nldxw %r2, [%r1]\nsub %r0, %r2\nexit")
            .object();
    same(xdp, TestInput.packet(new byte[length]));
    BpfObject tc = Assembled.program("tc", "p", "ldxw %r0, [%r1]\nexit").object();
    same(tc, TestInput.packet(new byte[length]));
  }

  @ParameterizedTest
  @CsvSource({
    "8, 46, 1",
    "4, 46, 1",
    "6, 46, 1",
    "0, 46, 0",
    "0, 99, 1",
    "40, 46, 1",
    "32, 46, 1",
    "46, 46, 1",
    "32, 46, 0"
  })
  void xdpContextsAreTakenOrRefusedAlike(int data, int dataEnd, int interfaceIndex) {
    BpfObject object = Assembled.program("xdp", "p", "ldxw %r0, [%r1+12]\nexit").object();
    same(object, new TestInput(UDP, xdpContext(data, dataEnd, interfaceIndex), 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 64, 72, 160, 164, 176})
  void skbFieldsAreAlike(int field) {
    BpfObject object = Assembled.program("tc", "p", "ldxw %r0, [%r1+" + field + "]\nexit").object();
    same(object, TestInput.packet(UDP));
    same(
        object,
        TestInput.packet(
            Packet.ethernet("ff:ff:ff:ff:ff:ff", "02:00:00:00:00:01")
                .vlan(5)
                .ipv4("1.1.1.1", "2.2.2.2")
                .bytes()));
    byte[] context = new byte[192];
    ByteBuffer.wrap(context).order(ByteOrder.LITTLE_ENDIAN).putInt(field, 1);
    same(object, new TestInput(UDP, context, 1));
  }

  @ParameterizedTest
  @CsvSource({"0", "42", "46", "47", "100000"})
  void skbPullsAlike(int length) {
    same(
        Assembled.program("tc", "p", "mov %r2, " + length + "\ncall 39\nexit").object(),
        TestInput.packet(UDP));
  }

  @ParameterizedTest
  @CsvSource({"13", "14", "20", "46", "100", "400", "16065", "16385"})
  void skbTailsChangeAlike(int length) {
    same(
        Assembled.program("tc", "p", "mov %r2, " + length + "\nmov %r3, 0\ncall 38\nexit").object(),
        TestInput.packet(UDP));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 24, 0x0200000a, 0x01020304, 4",
    "10, 24, 0x11, 0x2233, 2",
    "10, 24, 0, 0x2233, 0",
    "10, 24, 1, 0x2233, 0",
    "10, 25, 0, 1, 2",
    "10, 60, 0, 1, 2",
    "10, 24, 0, 1, 3",
    "10, 24, 0, 1, 0x12",
    "11, 40, 0x0200000a, 0x01020304, 0x14",
    "11, 40, 5, 9, 0x22",
    "11, 40, 5, 9, 0x42",
    "11, 42, 0xffff, 0, 0x22",
    "11, 40, 5, 9, 0x102"
  })
  void checksumsAreReplacedAlike(int helper, int offset, String from, String to, String flags) {
    String body =
        """
        mov %%r2, %d
        mov32 %%r3, %s
        mov32 %%r4, %s
        mov %%r5, %s
        call %d
        exit
        """
            .formatted(offset, from, to, flags, helper);
    same(Assembled.program("tc", "p", body).object(), TestInput.packet(UDP));
  }

  @ParameterizedTest
  @CsvSource({
    "26, 0, 16",
    "26, 30, 16",
    "26, 31, 16",
    "26, -1, 16",
    "9, 0, 16",
    "9, 30, 16",
    "9, 31, 16"
  })
  void bytesAreLoadedAndStoredAlike(int helper, int offset, int size) {
    String body =
        """
        stdw [%%r10-16], 0x11223344
        stdw [%%r10-8], 0x55667788
        mov32 %%r2, %d
        mov %%r3, %%r10
        add %%r3, -16
        mov %%r4, %d
        mov %%r5, 0
        call %d
        ldxw %%r1, [%%r10-16]
        lsh32 %%r1, 8
        xor32 %%r0, %%r1
        exit
        """
            .formatted(offset, size, helper);
    same(Assembled.program("tc", "p", body).object(), TestInput.packet(UDP));
  }

  @ParameterizedTest
  @CsvSource({"4, 4, 0", "8, 0, 0", "0, 8, 0", "8, 8, 7", "4, 4, -1", "3, 4, 0", "0, 0, 99"})
  void checksumDifferencesAreAlike(int from, int to, int seed) {
    String body =
        """
        lddw %%r1, 0x1122334455667788
        stxdw [%%r10-16], %%r1
        lddw %%r1, 0xfedcba9876543210
        stxdw [%%r10-8], %%r1
        mov %%r1, %%r10
        add %%r1, -16
        mov %%r2, %d
        mov %%r3, %%r10
        add %%r3, -8
        mov %%r4, %d
        mov32 %%r5, %d
        call 28
        exit
        """
            .formatted(from, to, seed);
    same(Assembled.program("tc", "p", body).object(), TestInput.packet(UDP));
  }

  @ParameterizedTest
  @CsvSource({"xdp, 0", "xdp, 1", "tc, 0", "tc, 1", "tc, 2"})
  void redirectionsAreAlike(String section, int flags) {
    same(
        Assembled.program(section, "p", "mov %r1, 1\nmov %r2, " + flags + "\ncall 23\nexit")
            .object(),
        TestInput.packet(UDP));
  }

  @ParameterizedTest
  @CsvSource({"16, 0", "8, 0", "4096, 0", "4080, 0", "4088, 0", "4089, 0", "1, 0", "8, 4"})
  void ringRoomIsAlike(int size, int flags) {
    String body =
        """
        map %%r1, ring
        mov %%r2, 0
        call 134
        mov %%r6, %%r0
        map %%r1, ring
        mov %%r2, %d
        mov %%r3, %d
        call 131
        jeq %%r0, 0, full
        stb [%%r0], 1
        mov %%r1, %%r0
        mov %%r2, 1
        call 132
        mov %%r0, 1
        full:
        lsh %%r0, 20
        or %%r0, %%r6
        exit
        """
            .formatted(size, flags);
    BpfObject object =
        Assembled.program("xdp", "p", body).map("ring", MapKind.RINGBUF, 0, 0, 4096).object();
    same(object, TestInput.packet(UDP));
    same(object, new TestInput(UDP, new byte[0], 3));
    same(object, new TestInput(UDP, new byte[0], 300));
  }

  @Test
  void textIsComparedAlike() {
    String body =
        """
        data %r3, .rodata, 0
        stw [%r10-4], 0x00626160
        mov %r1, %r10
        add %r1, -4
        mov %r2, 4
        call 182
        exit
        """;
    for (byte[] text :
        List.of(new byte[] {0x60, 0x61, 0x62, 0}, new byte[] {0x60, 0x70, 0, 0}, new byte[4])) {
      same(
          Assembled.program("xdp", "p", body).data(".rodata", text).object(),
          TestInput.packet(UDP));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = MapKind.class,
      names = {"HASH", "ARRAY", "PERCPU_HASH", "PERCPU_ARRAY"})
  void mapsAnswerUserSpaceAlike(MapKind kind) {
    BpfObject object = new Assembled().map("m", kind, 4, 8, 3).object();
    assertThat(operations(SimulatedKernel.create(), object)).isEqualTo(operations(local(), object));
  }

  private static List<Object> operations(Kernel kernel, BpfObject object) {
    List<Object> seen = new ArrayList<>();
    try (LoadedObject loaded = kernel.load(request(object))) {
      LoadedMap map = loaded.map("m");
      MemorySegment value = MemorySegment.ofArray(new byte[map.valueBytes()]);
      for (int key : new int[] {0, 2, 3, 7, 0}) {
        for (UpdateMode mode : UpdateMode.values()) {
          value.fill((byte) (key + mode.ordinal()));
          seen.add(outcome(() -> map.update(key(key), value, mode)));
        }
        value.fill((byte) 0x77);
        seen.add(map.lookup(key(key), value) ? value.get(ValueLayout.JAVA_BYTE, 0) : "absent");
        seen.add(keys(map));
      }
      seen.add(outcome(() -> map.delete(key(2))));
      seen.add(outcome(() -> map.delete(key(2))));
    }
    return seen;
  }

  private static int keys(LoadedMap map) {
    MemorySegment key = key(0);
    int count = 0;
    for (boolean more = map.nextKey(null, key); more; more = map.nextKey(key, key)) {
      count++;
    }
    return count;
  }

  private static MemorySegment key(int key) {
    return MemorySegment.ofArray(new byte[] {(byte) key, 0, 0, 0});
  }

  private static Object outcome(BooleanSupplier operation) {
    try {
      return operation.getAsBoolean();
    } catch (MapFullException | IndexOutOfBoundsException e) {
      return e.toString();
    } catch (SyscallException e) {
      return e.errno();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HASH, 0",
    "HASH, 1",
    "HASH, 2",
    "HASH, 3",
    "ARRAY, 0",
    "ARRAY, 1",
    "ARRAY, 2",
    "PERCPU_HASH, 0",
    "PERCPU_HASH, 2",
    "LRU_HASH, 1",
    "LRU_PERCPU_HASH, 0"
  })
  void mapsAnswerProgramsAlike(MapKind kind, int flags) {
    String body =
        """
        stw [%%r10-4], 1
        stdw [%%r10-16], 5
        map %%r1, m
        mov %%r2, %%r10
        add %%r2, -4
        mov %%r3, %%r10
        add %%r3, -16
        mov %%r4, %d
        call 2
        mov %%r6, %%r0
        map %%r1, m
        mov %%r2, %%r10
        add %%r2, -4
        call 1
        jeq %%r0, 0, absent
        ldxdw %%r7, [%%r0]
        stdw [%%r0], 9
        lsh %%r7, 8
        xor %%r6, %%r7
        absent:
        map %%r1, m
        mov %%r2, %%r10
        add %%r2, -4
        call 3
        lsh %%r0, 16
        xor %%r0, %%r6
        exit
        """
            .formatted(flags);
    BpfObject object = Assembled.program("xdp", "p", body).map("m", kind, 4, 8, 4).object();
    same(object, TestInput.packet(UDP));
    same(object, new TestInput(UDP, new byte[0], 2));
  }

  @Test
  void syscallContextsComeBackAlike() {
    BpfObject object =
        Assembled.program("syscall", "p", "stw [%r1+4], 7\nldxw %r0, [%r1]\nexit").object();
    same(object, TestInput.context(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
  }

  @Test
  void rawTracepointArgumentsAreAlike() {
    BpfObject object =
        Assembled.program("raw_tracepoint/sys_enter", "p", "ldxdw %r0, [%r1+8]\nexit").object();
    TestInput input =
        TestInput.context(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0});
    assertThat(answer(SimulatedKernel.create(), object, input).getFirst())
        .isEqualTo(answer(local(), object, input).getFirst())
        .isEqualTo(2);
  }
}
