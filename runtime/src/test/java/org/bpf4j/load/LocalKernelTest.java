package org.bpf4j.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.kernel.RejectedException;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.object.MapKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalKernelTest {

  private static final byte[] FRAME = new byte[64];

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  @Test
  void runsAnXdpProgram() {
    try (LoadedObject object = new ObjectText().program("xdp", "pass", "r0 = 2\nexit").load()) {
      TestRun run = object.program("pass").run(TestInput.packet(FRAME));
      assertThat(run.returnValue()).isEqualTo(2);
      assertThat(run.data()).hasSize(64);
    }
  }

  @Test
  void returnsWhatTheProgramWroteIntoThePacket() {
    try (LoadedObject object =
        new ObjectText()
            .program(
                "tc",
                "write",
                """
                r2 = *(u32 *)(r1 + 76)
                r3 = *(u32 *)(r1 + 80)
                r4 = r2
                r4 += 14
                if r4 > r3 goto +1
                *(u8 *)(r2 + 3) = 9
                r0 = 0
                exit
                """)
            .load()) {
      TestRun run = object.program("write").run(TestInput.packet(FRAME));
      assertThat(run.data()[3]).isEqualTo((byte) 9);
    }
  }

  @Test
  void sharesGlobalsWithPrograms() {
    ObjectText text =
        new ObjectText()
            .data(".rodata", "limit", 7)
            .data(".data", "start", 100)
            .data(".bss", "unused", 0, "count", 0)
            .program(
                "syscall",
                "add",
                """
                r1 = data .rodata 0
                r1 = *(u64 *)(r1 + 0)
                r2 = data .data 0
                r2 = *(u64 *)(r2 + 0)
                r1 += r2
                r2 = data .bss 8
                lock *(u64 *)(r2 + 0) += r1
                r0 = 0
                exit
                """);
    try (LoadedObject object = text.load()) {
      object.program("add").run(TestInput.context(new byte[0]));
      assertThat(object.data(".bss").segment().get(ValueLayout.JAVA_LONG, 8)).isEqualTo(107);
      object.data(".data").segment().set(ValueLayout.JAVA_LONG, 0, 1000);
      object.program("add").run(TestInput.context(new byte[0]));
      assertThat(object.data(".bss").segment().get(ValueLayout.JAVA_LONG, 8)).isEqualTo(1114);
      assertThat(object.data(".rodata").segment().isReadOnly()).isTrue();
      assertThat(object.data(".rodata").segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(7);
    }
  }

  @Test
  void takesConfiguredDataAndSizes() {
    ObjectText text =
        new ObjectText()
            .data(".rodata", "limit", 7)
            .map("table", MapKind.HASH, 4, 8, 16)
            .program("xdp", "read", "r1 = data .rodata 0\nr0 = *(u64 *)(r1 + 0)\nexit");
    LoadRequest request =
        new LoadRequest(
            text.build(),
            LocalKernelTest.class,
            Map.of(".rodata", new byte[] {3, 0, 0, 0, 0, 0, 0, 0}),
            Map.of("table", 99),
            Set.of());
    try (LoadedObject object = Kernel.local().load(request)) {
      assertThat(object.program("read").run(TestInput.packet(FRAME)).returnValue()).isEqualTo(3);
      assertThat(object.map("table").definition().maxEntries()).isEqualTo(99);
    }
  }

  @Test
  void refusesARequestThatDoesNotFitItsObject() {
    LoadRequest request =
        new LoadRequest(
            new ObjectText().build(),
            LocalKernelTest.class,
            Map.of(),
            Map.of("nothing", 99),
            Set.of());
    assertThatThrownBy(() -> Kernel.local().load(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the object has no map `nothing`");
  }

  @Test
  void appendsSubprogramsToEachProgramThatCallsThem() {
    ObjectText text =
        new ObjectText()
            .subprogram("outer", "r6 = r1\ncall inner\nr0 += r6\nexit")
            .subprogram("inner", "r0 = 40\nexit")
            .subprogram("unused", "r0 = 1\nexit")
            .program("xdp", "one", "r1 = 1\ncall outer\nexit")
            .program(
                "xdp", "two", "r1 = 2\ncall inner\nr6 = r0\nr1 = 3\ncall outer\nr0 += r6\nexit");
    try (LoadedObject object = text.load()) {
      assertThat(object.program("one").run(TestInput.packet(FRAME)).returnValue()).isEqualTo(41);
      assertThat(object.program("two").run(TestInput.packet(FRAME)).returnValue()).isEqualTo(83);
    }
  }

  @Test
  void passesCallbacksByAddress() {
    ObjectText text =
        new ObjectText()
            .subprogram(
                "step",
                """
                r3 = *(u64 *)(r2 + 0)
                r3 += 5
                *(u64 *)(r2 + 0) = r3
                r0 = 0
                exit
                """)
            .program(
                "xdp",
                "repeat",
                """
                *(u64 *)(r10 - 8) = 0
                r1 = 4
                r2 = address step
                r3 = r10
                r3 += -8
                r4 = 0
                call 181
                r0 = *(u64 *)(r10 - 8)
                exit
                """);
    try (LoadedObject object = text.load()) {
      assertThat(object.program("repeat").run(TestInput.packet(FRAME)).returnValue()).isEqualTo(20);
    }
  }

  @Test
  void runsSyscallProgramsOnTheirContext() {
    try (LoadedObject object =
        new ObjectText()
            .program(
                "syscall",
                "twice",
                "r2 = *(u64 *)(r1 + 0)\nr2 += r2\n*(u64 *)(r1 + 0) = r2\nr0 = 5\nexit")
            .load()) {
      TestRun run =
          object.program("twice").run(TestInput.context(new byte[] {21, 0, 0, 0, 0, 0, 0, 0}));
      assertThat(run.returnValue()).isEqualTo(5);
      assertThat(run.context()).containsExactly(42, 0, 0, 0, 0, 0, 0, 0);
    }
  }

  @Test
  void runsRawTracepointProgramsOnTheirArguments() {
    try (LoadedObject object =
        new ObjectText()
            .program("raw_tracepoint/sched_switch", "second", "r0 = *(u64 *)(r1 + 8)\nexit")
            .load()) {
      TestRun run =
          object
              .program("second")
              .run(TestInput.context(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 77, 0, 0, 0, 0, 0, 0, 0}));
      assertThat(run.returnValue()).isEqualTo(77);
    }
  }

  @Test
  void namesTheLineThatTheVerifierRejects() {
    ObjectText text =
        new ObjectText()
            .subprogram("broken", "r0 = 1\nr0 = *(u64 *)(r1 + 0)\nexit")
            .program("xdp", "caller", "r1 = 0\ncall broken\nexit");
    RejectedException rejected = catchThrowableOfType(RejectedException.class, text::load);
    assertThat(rejected.program()).isEqualTo("caller");
    assertThat(rejected.file()).contains("Test.java");
    assertThat(rejected.line()).isEqualTo(2);
    assertThat(rejected.reason()).isEqualTo("R1 invalid mem access 'scalar'");
    assertThat(rejected.getMessage())
        .isEqualTo(
            """
            Test.java:2: the kernel rejected `caller`: a number (in r1) is used as a reference
                r0 = *(u64 *)(r1 + 0)
              verifier: R1 invalid mem access 'scalar'
              instruction 4: (79) r0 = *(u64 *)(r1 +0)
              R1 = 0\
            """);
    assertThat(rejected.column()).isEqualTo(3);
    assertThat(rejected.registers()).containsEntry("R1", "0").containsEntry("R10", "fp0");
    assertThat(rejected.log()).contains("processed ");
  }

  /// What is no instruction is the kernel's to judge, for the program alone that has it.
  @Test
  void whatIsNoInstructionConcernsItsProgramAlone() {
    ObjectText text =
        new ObjectText()
            .program("xdp", "good", "r0 = 2\nexit")
            .program("xdp", "bad", "r0 = 2\nunknown 0xff\nexit")
            .program("xdp", "reserved", "r0 = 2\nunknown 0x10b7\nexit");
    without(text, "bad", "reserved").close();
    RejectedException bad =
        catchThrowableOfType(RejectedException.class, () -> without(text, "reserved"));
    assertThat(bad)
        .hasMessageStartingWith(
            "Test.java:2: the kernel rejected `bad`: this kernel knows no such instruction\n")
        .hasMessageContaining("unknown opcode ff")
        .hasMessageContaining("instruction 1: unknown 0xff");
    RejectedException reserved =
        catchThrowableOfType(RejectedException.class, () -> without(text, "bad"));
    assertThat(reserved)
        .hasMessageStartingWith(
            "Test.java:2: the kernel rejected `reserved`: this kernel knows no");
  }

  private static LoadedObject without(ObjectText text, String... programs) {
    LoadRequest all = text.request();
    return Kernel.local()
        .load(new LoadRequest(all.object(), all.owner(), Map.of(), Map.of(), Set.of(programs)));
  }

  @Test
  void namesTheLineOfWhatIsRejectedBeforeItIsSimulated() {
    ObjectText text = new ObjectText().program("xdp", "dead", "r0 = 1\nexit\nr0 = 2\nexit");
    RejectedException rejected = catchThrowableOfType(RejectedException.class, text::load);
    assertThat(rejected.reason()).isEqualTo("unreachable insn 2");
    assertThat(rejected.line()).isEqualTo(3);
  }

  @Test
  void showsAllOfALongLog() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 4000; i++) {
      lines.append("r0 = ").append(i).append('\n');
    }
    ObjectText text =
        new ObjectText().program("xdp", "long", lines + "r0 = *(u64 *)(r9 + 0)\nexit");
    RejectedException rejected = catchThrowableOfType(RejectedException.class, text::load);
    assertThat(rejected.line()).isEqualTo(4001);
    assertThat(rejected.log().contains("; r0 = 0")).isTrue();
    assertThat(rejected.log().contains("4000: (")).isTrue();
  }

  @Test
  void explainsAMapThatTheKernelDoesNotMake() {
    ObjectText text = new ObjectText().map("odd", MapKind.ARRAY, 3, 8, 1);
    assertThatThrownBy(text::load)
        .isInstanceOf(SyscallException.class)
        .hasMessageContaining("BPF_MAP_CREATE of ARRAY `odd` (key 3 bytes")
        .hasMessageContaining("EINVAL (22)");
  }

  @Test
  void freesEverythingWhenSomethingFails() throws Exception {
    ObjectText text =
        new ObjectText()
            .data(".bss", "x", 0)
            .map("ring", MapKind.RINGBUF, 0, 0, 4096)
            .map("table", MapKind.HASH, 4, 8, 16)
            .program("xdp", "good", "r0 = 2\nexit")
            .program("xdp", "bad", "r0 = *(u64 *)(r9 + 0)\nexit");
    assertThatThrownBy(text::load).isInstanceOf(RejectedException.class);
    Set<String> before = descriptors();
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(text::load).isInstanceOf(RejectedException.class);
    }
    assertThat(descriptors()).isEqualTo(before);
    assertThat(mappings()).isZero();
  }

  @Test
  void leavesNoDescriptorOpen() throws Exception {
    ObjectText text =
        new ObjectText()
            .data(".bss", "x", 0)
            .data(".rodata", "y", 1)
            .map("ring", MapKind.RINGBUF, 0, 0, 4096)
            .map("table", MapKind.HASH, 4, 8, 16)
            .program("xdp", "good", "r0 = 2\nexit");
    text.load().close();
    Set<String> before = descriptors();
    for (int i = 0; i < 200; i++) {
      text.load().close();
    }
    assertThat(descriptors()).isEqualTo(before);
    assertThat(mappings()).isZero();
  }

  @Test
  void refusesUseAfterClose() {
    LoadedObject object =
        new ObjectText()
            .data(".bss", "x", 0)
            .data(".rodata", "y", 0)
            .map("ring", MapKind.RINGBUF, 0, 0, 4096)
            .map("table", MapKind.HASH, 4, 8, 16)
            .program("xdp", "pass", "r0 = 2\nexit")
            .load();
    var segment = object.data(".bss").segment();
    object.close();
    object.close();
    assertThatThrownBy(() -> object.program("pass").run(TestInput.packet(FRAME)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("program `pass` is closed");
    assertThatThrownBy(() -> object.ring("ring").consume(_ -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("ring `ring` is closed");
    assertThatThrownBy(() -> object.data(".bss").segment())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> object.data(".rodata").segment())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void skipsWhatIsToBeSkipped() {
    ObjectText text =
        new ObjectText()
            .program("xdp", "good", "r0 = 2\nexit")
            .program("xdp", "bad", "r0 = *(u64 *)(r9 + 0)\nexit");
    LoadRequest request =
        new LoadRequest(text.build(), LocalKernelTest.class, Map.of(), Map.of(), Set.of("bad"));
    try (LoadedObject object = Kernel.local().load(request)) {
      assertThatThrownBy(() -> object.program("bad"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("`bad`");
    }
  }

  private static Set<String> descriptors() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files
          .filter(Files::isSymbolicLink)
          .map(LocalKernelTest::target)
          .filter(name -> name.contains("bpf"))
          .collect(java.util.stream.Collectors.toSet());
    }
  }

  private static String target(Path link) {
    try {
      return link.getFileName() + " " + Files.readSymbolicLink(link);
    } catch (java.io.IOException _) {
      return "";
    }
  }

  private static long mappings() throws Exception {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.filter(line -> line.contains("bpf")).count();
    }
  }
}
