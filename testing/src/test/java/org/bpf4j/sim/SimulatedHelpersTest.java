package org.bpf4j.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.kernel.LoadRequest;
import org.junit.jupiter.api.Test;

/// Helpers that show programs the environment.
class SimulatedHelpersTest {

  private final SimulatedKernel kernel = SimulatedKernel.create();

  private LoadedObject load(Assembled object) {
    return kernel.load(LoadRequest.of(object.object(), SimulatedHelpersTest.class));
  }

  private long call(String body) {
    LoadedObject loaded = load(Assembled.program("syscall", "p", body));
    return loaded.program("p").run(TestInput.context(new byte[64])).returnValue();
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
        .isEqualTo(2_000_000_000L);
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
    assertThat(refused[8]).isEqualTo((byte) -34);
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
