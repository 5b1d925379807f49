package org.bpf4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.packet.Packet;
import org.junit.jupiter.api.Test;

class JavaKernelTest {

  private static final byte[] PING =
      Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").ping(1, 1).bytes();

  private final SimulatedKernel kernel = SimulatedKernel.runningJava();
  private final LoadedObject object = load(Map.of());

  private LoadedObject load(Map<String, byte[]> data) {
    return kernel.load(
        new LoadRequest(JavaObjects.object(), JavaPrograms.class, data, Map.of(), Set.of()));
  }

  private TestRun packet(String program, byte[] bytes) {
    return object.program(program).run(TestInput.packet(bytes));
  }

  private int call(String program) {
    return object.program(program).run(TestInput.context(new byte[0])).returnValue();
  }

  private static MemorySegment hex(String text) {
    return MemorySegment.ofArray(HexFormat.of().parseHex(text.replace(" ", "")));
  }

  private long count(int index) {
    MemorySegment value = MemorySegment.ofArray(new long[1]);
    object.map("count").lookup(MemorySegment.ofArray(new int[] {index}), value);
    return value.get(ValueLayout.JAVA_LONG, 0);
  }

  private ByteBuffer data(String section) {
    return object.data(section).segment().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] own(String map, MemorySegment key) {
    byte[] values = new byte[object.map(map).valueBytes()];
    assertThat(object.map(map).lookup(key, MemorySegment.ofArray(values))).isTrue();
    return values;
  }

  private List<byte[]> records() {
    List<byte[]> records = new ArrayList<>();
    object.ring("events").consume(record -> records.add(record.toArray(ValueLayout.JAVA_BYTE)));
    return records;
  }

  @Test
  void packetsAreReadAndWrittenInPlace() {
    TestRun passed = packet("filter", PING);
    assertThat(passed.returnValue()).isEqualTo(2);
    byte[] expected = PING.clone();
    System.arraycopy(PING, 0, expected, 6, 6);
    System.arraycopy(PING, 6, expected, 0, 6);
    expected[22]--;
    assertThat(passed.data()).isEqualTo(expected);
    object.map("blocked").update(hex("0a000001 0035 0000"), hex("01"), UpdateMode.ANY);
    assertThat(packet("filter", PING).returnValue()).isEqualTo(3);
    assertThat(packet("filter", Arrays.copyOf(PING, 33)).returnValue()).isZero();
    assertThat(packet("filter", new byte[14]).returnValue()).isEqualTo(2);
  }

  @Test
  void staticsAreTheBytesOfTheSections() {
    packet("filter", PING);
    assertThat(data(".data").getLong(0)).isEqualTo(8);
    assertThat(data(".data").getLong(8)).isEqualTo(1 + PING.length);
    assertThat(data(".data").getInt(20)).isEqualTo(12);
    data(".data").putLong(0, 1000);
    packet("filter", PING);
    assertThat(data(".data").getLong(0)).isEqualTo(1001);
  }

  @Test
  void eachLoadStartsFromItsOwnInitialValues() {
    packet("filter", PING);
    try (LoadedObject other = load(Map.of(".rodata", new byte[] {1}))) {
      TestRun run = other.program("filter").run(TestInput.packet(PING));
      assertThat(run.returnValue()).isEqualTo(1);
      MemorySegment bytes = other.data(".data").segment();
      assertThat(bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, 0)).isEqualTo(8);
    }
    assertThat(packet("filter", PING).returnValue()).isEqualTo(2);
    assertThat(JavaPrograms.seen).isEqualTo(7);
  }

  @Test
  void framesMoveAsInTheKernel() {
    TestRun run = packet("resize", PING);
    assertThat(run.returnValue()).isEqualTo(3);
    assertThat(run.data()).hasSize(PING.length + 6).endsWith(0, 0);
    assertThat(Arrays.copyOfRange(run.data(), 4, 4 + PING.length)).isEqualTo(PING);
  }

  @Test
  void exceptionsAbortAndWhatWasDoneStays() {
    assertThat(packet("abort", new byte[60]).returnValue()).isZero();
    assertThat(count(1)).isEqualTo(11);
    assertThat(count(2)).isZero();
    assertThat(data(".data").getLong(0)).isEqualTo(100);
    assertThat(records()).isEmpty();
    assertThat(packet("abort", new byte[61]).returnValue()).isZero();
    assertThat(count(2)).isEqualTo(60);
    assertThat(count(3)).isZero();
    assertThat(packet("abort", new byte[62]).returnValue()).isEqualTo(2);
    assertThat(count(3)).isEqualTo(13);
    assertThat(records()).hasSize(1);
    byte[] skb = new byte[192];
    skb[8] = 1;
    TestRun shot = object.program("overflow").run(new TestInput(PING, skb, 1));
    assertThat(shot.returnValue()).isEqualTo(2);
    assertThat(shot.context()[8]).isEqualTo((byte) 1);
  }

  @Test
  void socketBuffersKeepTheirFields() {
    byte[] skb = new byte[192];
    skb[8] = 41;
    TestRun run = object.program("shape").run(new TestInput(PING, skb, 1));
    assertThat(run.returnValue()).isZero();
    assertThat(run.context()[8]).isEqualTo((byte) 42);
    assertThat(run.data()).isEqualTo(Arrays.copyOf(PING, PING.length - 2));
    assertThat(packet("shape", new byte[20]).returnValue()).isEqualTo(1);
  }

  @Test
  void contextStructsComeBack() {
    ByteBuffer context = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    context.putInt(0, Integer.MAX_VALUE).putInt(4, 1);
    TestRun run = object.program("add").run(new TestInput(new byte[0], context.array(), 3));
    assertThat(run.returnValue()).isEqualTo(3);
    assertThat(context.put(0, run.context()).getLong(8)).isEqualTo(1L << 31);
    assertThat(data(".bss").getInt(8)).isEqualTo(3);
  }

  @Test
  void containersAreReferencesIntoMaps() {
    kernel.cpu(1);
    kernel.task(Task.of(4711, "a-long-name"));
    assertThat(call("containers")).isEqualTo(1);
    byte[] stats = own("stats", MemorySegment.ofArray(new int[] {3}));
    assertThat(Arrays.copyOf(stats, 48)).containsOnly(0);
    assertThat(Arrays.copyOfRange(stats, 48, 96))
        .isEqualTo(
            hex("6300000000000000 00 000000 05000000 0000000000010000 612d6c6f6e672d00"
                    + "00000000 00000000 fbffffff 0900 0000")
                .toArray(ValueLayout.JAVA_BYTE));
    byte[] scratch = own("scratch", MemorySegment.ofArray(new int[] {0}));
    assertThat(scratch[48]).isEqualTo((byte) 2);
    assertThat(scratch[56]).isEqualTo((byte) 255);
    assertThat(scratch[92]).isEqualTo((byte) 8);
  }

  @Test
  void numbersThatDoNotFitAbort() {
    assertThat(call("tooWide")).isZero();
    assertThat(own("scratch", MemorySegment.ofArray(new int[] {0}))[0]).isEqualTo((byte) 5);
    assertThat(call("keyOutOfRange")).isZero();
    assertThat(object.map("blocked").nextKey(null, hex("0000000000000000"))).isFalse();
  }

  @Test
  void enumsHaveTheirNumbers() {
    assertThat(call("unknownColor")).isZero();
    byte[] values = new byte[96];
    values[12] = 5;
    object
        .map("scratch")
        .update(MemorySegment.ofArray(new int[1]), MemorySegment.ofArray(values), UpdateMode.ANY);
    assertThat(call("unknownColor")).isEqualTo(2);
  }

  @Test
  void fullMapsRefuse() {
    assertThat(call("full")).isEqualTo(1);
    assertThat(own("blocked", hex("00000001 0001 0000"))).containsExactly(0);
    assertThat(own("blocked", hex("00000002 0002 0000"))).containsExactly(0);
  }

  @Test
  void recordsArriveAndLostOnesAreCounted() {
    kernel.task(Task.of(258, "curl"));
    int sent = call("log");
    assertThat(sent).isEqualTo(4095 / 32 - 1);
    assertThat(data(".bss").getLong(0)).isEqualTo(200 - sent - 1);
    List<byte[]> records = records();
    assertThat(records).hasSize(sent);
    byte[] expected = new byte[20];
    expected[0] = 2;
    expected[1] = 1;
    System.arraycopy("curl".getBytes(StandardCharsets.UTF_8), 0, expected, 4, 4);
    assertThat(records.getFirst()).isEqualTo(expected);
    assertThat(kernel.trace()).containsExactly("sent " + sent + " of c8, y c");
  }

  @Test
  void theWorldIsTheTests() {
    kernel.clock().set(Duration.ofSeconds(123));
    kernel.cpu(1);
    kernel.task(Task.DEFAULT.ownedBy(3, 4));
    assertThat(call("world")).isEqualTo(123 + 1_000 + 40_000);
  }

  @Test
  void tracepointsHaveTheirArguments() {
    byte[] context =
        ByteBuffer.allocate(24)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(6 << 16 | 12)
            .putInt(7)
            .putInt(8)
            .put("/bin/s".getBytes(StandardCharsets.UTF_8))
            .array();
    assertThat(object.program("onExec").run(TestInput.context(context)).returnValue())
        .isEqualTo(708);
    byte[] scratch = own("scratch", MemorySegment.ofArray(new int[] {0}));
    assertThat(new String(scratch, 24, 8, StandardCharsets.UTF_8)).isEqualTo("/bin/s\0\0");
    try (Link _ = object.program("onSwitch").attach(new Hook.RawTracepoint("sched_switch"))) {
      assertThat(kernel.rawTracepoint("sched_switch", 1, 2, 3)).isEqualTo(1);
    }
    byte[] words = new byte[96];
    words[8] = 41;
    assertThat(object.program("onSwitch").run(TestInput.context(words)).returnValue())
        .isEqualTo(42);
  }

  private byte[] task(int tgid, long parent) {
    return ByteBuffer.allocate(32)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0, tgid)
        .putLong(8, parent)
        .put(16, new byte[] {'s', 'h'})
        .array();
  }

  @Test
  void kernelStructsAreWalked() {
    long parent = kernel.kernelMemory(task(11, 0));
    long child = kernel.kernelMemory(task(12, parent));
    byte[] regs = PtRegs.ofArguments(5, child, 0x1ff);
    assertThat(object.program("onExit").run(TestInput.context(regs)).returnValue()).isEqualTo(11);
    regs = PtRegs.ofArguments(5, parent, 0x1ff);
    assertThat(object.program("onExit").run(TestInput.context(regs)).returnValue()).isEqualTo(5);
    List<byte[]> records = records();
    assertThat(records).hasSize(2);
    assertThat(records.getFirst()).startsWith(255, 0, 0, 0, 's', 'h', 0);
  }

  /// Bytecode reads 0 there; Java cannot have a null that is read, so the run aborts.
  @Test
  void readingANullKernelPointerAborts() {
    byte[] regs = PtRegs.ofArguments(5, 0, 0);
    assertThat(object.program("onExit").run(TestInput.context(regs)).returnValue()).isZero();
    assertThat(records()).isEmpty();
  }

  @Test
  void viewsOfTheProgramsOwn() {
    byte[] bytes = new byte[14];
    bytes[0] = 41;
    assertThat(packet("ownView", bytes).data()[0]).isEqualTo((byte) 42);
    bytes[0] = (byte) 255;
    TestRun aborted = packet("ownView", bytes);
    assertThat(aborted.returnValue()).isZero();
    assertThat(aborted.data()).isEqualTo(bytes);
  }

  @Test
  void attachedProgramsSeeWhatArrives() {
    try (Link _ = object.program("filter").attach(new Hook.Xdp("eth0", Hook.XdpMode.ANY))) {
      kernel.receive("eth0", () -> PING);
    }
    kernel.receive("eth0", () -> PING);
    assertThat(data(".data").getLong(0)).isEqualTo(8);
  }

  @Test
  void closedObjectsAndUnknownNames() {
    assertThatIllegalArgumentException().isThrownBy(() -> object.program("nobody"));
    object.close();
    assertThatIllegalStateException().isThrownBy(() -> object.program("filter"));
    assertThatIllegalStateException().isThrownBy(() -> object.map("count"));
  }
}
