package org.bpf4j.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpf4j.kernel.Kernel;
import org.bpf4j.sim.SimulatedKernel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@BpfTest
class BpfTestTest {

  private Object seen = "nothing";

  @BeforeEach
  void before(Kernel kernel) {
    seen = kernel;
  }

  @Test
  void methodsAroundATestGetItsKernel(Kernel kernel) {
    assertThat(kernel).isSameAs(seen);
  }

  @Test
  void simulationIsForWhoAsksForIt(SimulatedKernel kernel) {
    assertThat(kernel.cpus()).isEqualTo(2);
    assertThat(kernel).isSameAs(seen);
  }

  @Test
  void testsWithoutKernelRunToo() {
    assertThat(seen).isInstanceOf(Kernel.class);
  }
}
