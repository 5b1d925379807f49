package org.bpf4j.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.bpf4j.compiler.ssa.Interpreter;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.RandomFunctions;
import org.junit.jupiter.api.Test;

class PassOrderTest {
  private static final List<String> NAMES =
      PassOrder.STEPS.stream().map(PassOrder.Step::name).toList();

  @Test
  void theOrderKeepsItsConstraints() {
    assertThat(PassOrder.CONSTRAINTS)
        .isNotEmpty()
        .allSatisfy(
            c -> {
              assertThat(NAMES).contains(c.first(), c.second());
              assertThat(NAMES.indexOf(c.first())).isLessThan(NAMES.indexOf(c.second()));
              assertThat(c.reason()).isNotBlank();
            });
  }

  @Test
  void namesAreUnique() {
    assertThat(NAMES).doesNotHaveDuplicates();
  }

  @Test
  void requiredPassesCannotBeSkipped() {
    Program program = Interpreter.programOf(RandomFunctions.make(new java.util.Random(1), 10));
    assertThatThrownBy(() -> Optimizer.optimize(program, Set.of("abort-lowering")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
