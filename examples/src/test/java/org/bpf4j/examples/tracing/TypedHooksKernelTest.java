package org.bpf4j.examples.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bpf4j.examples.RealKernel;
import org.bpf4j.kernel.IncompatibleTargetException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TypedHooksKernelTest {

  @BeforeEach
  void onlyWithKernel() {
    RealKernel.use();
  }

  @Test
  void showsThePrototypeWhereParametersDoNotFit() {
    assertThatThrownBy(WrongArgumentsBpf::load)
        .isInstanceOf(IncompatibleTargetException.class)
        .hasMessageContaining("`exit`")
        .hasMessageContaining("(struct task_struct *");
  }

  @Test
  void seesArgumentsAndReadsStructs() throws Exception {
    int process = Math.toIntExact(ProcessHandle.current().pid());
    try (var bpf = TypedHooksBpf.configure().process(process).load();
        var _ = bpf.attachAll()) {
      new ProcessBuilder("/bin/true").start().waitFor();
      assertThat(bpf.calls()).isPositive();
      assertThat(bpf.exits()).isPositive();
      assertThat(bpf.parent()).isEqualTo(process);
    }
  }
}
