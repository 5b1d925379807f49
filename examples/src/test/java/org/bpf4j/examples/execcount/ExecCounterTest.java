package org.bpf4j.examples.execcount;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpf4j.junit.BpfTest;
import org.bpf4j.sim.SimulatedKernel;
import org.junit.jupiter.api.Test;

@BpfTest
class ExecCounterTest {

  @Test
  void countsEachCall(SimulatedKernel kernel) {
    try (ExecCounterBpf bpf = ExecCounterBpf.load(kernel)) {
      assertThat(bpf.execs().get(0)).isZero();
      bpf.attachAll();
      for (int i = 0; i < 3; i++) {
        assertThat(kernel.tracepoint("syscalls", "sys_enter_execve", new byte[0])).isEqualTo(1);
      }
      assertThat(kernel.tracepoint("syscalls", "sys_exit_execve", new byte[0])).isZero();
      assertThat(bpf.execs().get(0)).isEqualTo(3);
    }
  }

  @Test
  void countsNothingOnceDetached(SimulatedKernel kernel) {
    try (ExecCounterBpf bpf = ExecCounterBpf.load(kernel)) {
      try (var _ = bpf.attachAll()) {
        kernel.tracepoint("syscalls", "sys_enter_execve", new byte[0]);
      }
      assertThat(kernel.tracepoint("syscalls", "sys_enter_execve", new byte[0])).isZero();
      assertThat(bpf.execs().get(0)).isEqualTo(1);
    }
  }
}
