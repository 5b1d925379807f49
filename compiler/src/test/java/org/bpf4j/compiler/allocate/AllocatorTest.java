package org.bpf4j.compiler.allocate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpf4j.compiler.machine.Checker;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.MachineInterpreter;
import org.bpf4j.compiler.machine.Parser;
import org.bpf4j.compiler.machine.Printer;
import org.bpf4j.compiler.machine.RandomMachine;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.junit.jupiter.api.Test;

class AllocatorTest {

  private static final List<Long> ARGUMENTS =
      List.of(1L, -2L, 0x1234_5678_9abc_def0L, 77L, Long.MIN_VALUE);

  @Test
  void allocatedCodeDoesTheSame() {
    int spilled = 0;
    for (long seed = 0; seed < 300; seed++) {
      MachineFunction<Virtual> function = RandomMachine.of(seed);
      MachineFunction<Physical> allocated = Allocator.allocate(function);
      Checker.check(allocated);
      assertThat(MachineInterpreter.run(allocated, ARGUMENTS, 200))
          .as("seed %d", seed)
          .isEqualTo(MachineInterpreter.run(function, ARGUMENTS, 200));
      if (allocated.slots().size() > function.slots().size()) {
        spilled++;
      }
    }
    assertThat(spilled).isGreaterThan(30);
  }

  @Test
  void theSameCodeGetsTheSameRegisters() {
    for (long seed = 0; seed < 50; seed++) {
      assertThat(Allocator.allocate(RandomMachine.of(seed)))
          .isEqualTo(Allocator.allocate(RandomMachine.of(seed)));
    }
  }

  @Test
  void copiesVanish() {
    MachineFunction<Virtual> function =
        Parser.parseVirtual(
            """
            program p(p0)
            b0:
              load.w n1, [p0 + 4]
              move64 n2, n1
              add32 n2, 1
              exit n2
            """);
    assertThat(Printer.print(Allocator.allocate(function)).replaceAll(" ; .*", ""))
        .isEqualTo(
            """
            program p(r1)
            b0:
              load.w r0, [r1 + 4]
              add32 r0, 1
              exit r0
            """);
  }

  @Test
  void whatLivesThroughCallsIsKeptAndConstantsAreMadeAnew() {
    MachineFunction<Virtual> function =
        Parser.parseVirtual(
            """
            program p(p0)
            b0:
              const64 n1, 1234567890123
              helper n2, ktime_get_ns()
              helper n3, ktime_get_ns()
              helper n4, ktime_get_ns()
              helper n5, ktime_get_ns()
              add64 n2, n3
              add64 n2, n4
              add64 n2, n5
              add64 n2, n1
              load.w n6, [p0 + 0]
              add64 n2, n6
              exit n2
            """);
    MachineFunction<Physical> allocated = Allocator.allocate(function);
    assertThat(allocated.slots()).isEmpty();
  }
}
