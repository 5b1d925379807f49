package org.bpf4j.examples.execcount;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpf4j.examples.ChildJvm;
import org.bpf4j.examples.Command;
import org.bpf4j.examples.HeldByProcess;
import org.bpf4j.examples.RealKernel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Others start programs at the same time, so counts are lower bounds.
class ExecCounterKernelTest {

  private static final int EXECS = 7;

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  @Test
  void countsRealExecs() throws Exception {
    try (ExecCounterBpf bpf = ExecCounterBpf.load()) {
      assertThat(bpf.execs().get(0)).isZero();
      bpf.attachAll();
      for (int i = 0; i < EXECS; i++) {
        Command.run("/bin/true");
      }
      assertThat(bpf.execs().get(0)).isGreaterThanOrEqualTo(EXECS);
    }
  }

  @Test
  void printsAndLeavesNothing() throws Exception {
    try (ChildJvm child = new ChildJvm(List.of(), ExecCounter.class, "--seconds", "6")) {
      child.await("counting"::equals);
      HeldByProcess held = HeldByProcess.of(child.pid());
      assertThat(held.ofKind("prog")).hasSize(1);
      for (int i = 0; i < EXECS; i++) {
        Command.run("/bin/true");
      }
      child.await(line -> count(line) >= EXECS);
      assertThat(child.await()).isZero();
      assertThat(held.remaining()).isEmpty();
    }
  }

  private static long count(String line) {
    String label = "execve() calls: ";
    return line.startsWith(label) ? Long.parseLong(line.substring(label.length())) : 0;
  }

  @Test
  void leavesNothingWhenKilled() throws Exception {
    try (ChildJvm child = new ChildJvm(List.of(), ExecCounter.class)) {
      child.await("counting"::equals);
      HeldByProcess held = HeldByProcess.of(child.pid());
      assertThat(held.objects()).isNotEmpty();
      child.kill();
      assertThat(held.remaining()).isEmpty();
    }
  }
}
