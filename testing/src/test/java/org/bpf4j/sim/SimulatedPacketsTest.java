package org.bpf4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.packet.Packet;
import org.bpf4j.sim.Reception.Verdict;
import org.junit.jupiter.api.Test;

/// Packet programs: contexts, helpers, hooks.
class SimulatedPacketsTest {

  private final SimulatedKernel kernel = SimulatedKernel.create();

  private LoadedObject load(Assembled object) {
    return kernel.load(LoadRequest.of(object.object(), SimulatedPacketsTest.class));
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
    assertThat(run.context()).isEmpty();
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
    byte[] given = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 20).array();
    TestRun run =
        load(Assembled.program("xdp", "p", body))
            .program("p")
            .run(new TestInput(new byte[20], given, 1));
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
    byte[] packet = Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(9, 53).bytes();
    TestRun run = program.run(new TestInput(packet, new byte[192], 1));
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
}
