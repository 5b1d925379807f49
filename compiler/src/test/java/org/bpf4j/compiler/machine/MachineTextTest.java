package org.bpf4j.compiler.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

class MachineTextTest {

  @Test
  void whatIsPrintedIsReadBack() {
    for (long seed = 0; seed < 500; seed++) {
      MachineFunction<Virtual> function = RandomMachine.of(seed);
      assertThat(Parser.parseVirtual(Printer.print(function))).isEqualTo(function);
    }
  }

  @Test
  void programsAreReadBack() {
    MachineProgram<Virtual> program =
        new MachineProgram<>(
            ProgramKind.XDP,
            "xdp",
            List.of(RandomMachine.of(1), RandomMachine.of(2)),
            KernelVersion.FLOOR);
    assertThat(Parser.parseVirtualProgram(Printer.print(program))).isEqualTo(program);
  }

  @Test
  void randomFunctionsAreWellFormed() {
    for (long seed = 0; seed < 500; seed++) {
      Checker.check(RandomMachine.of(seed));
    }
  }

  @Test
  void theCheckerFindsAReadBeforeTheWrite() {
    MachineFunction<Virtual> function =
        Parser.parseVirtual(
            """
            program p(p0)
            b0:
              if64.eq p0, 0, b1, b2
            b1:
              const64 n1, 1
              jump b2
            b2:
              exit n1
            """);
    assertThatThrownBy(() -> Checker.check(function))
        .isInstanceOf(CompilerBug.class)
        .hasMessageContaining("n1 is read before it is written");
  }

  @Test
  void theCheckerFindsAValueLostInACall() {
    var function =
        Parser.parsePhysical(
            """
            program p(r1)
            b0:
              helper r0, ktime_get_ns()
              load.w r0, [r1 + 0]
              exit r0
            """);
    assertThatThrownBy(() -> Checker.check(function))
        .isInstanceOf(CompilerBug.class)
        .hasMessageContaining("r1 is read before it is written");
  }

  @Test
  void badTextNamesTheLine() {
    assertThatThrownBy(() -> Parser.parseVirtual("program p()\nb0:\n  fly n1\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fly n1");
  }
}
