package org.bpf4j.examples.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.bpf4j.examples.RealKernel;
import org.bpf4j.handle.BinaryPlace;
import org.bpf4j.handle.PerfCounter;
import org.bpf4j.kernel.NoSuchTargetException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserFunctionsKernelTest {

  private static final int PROCESS = Math.toIntExact(ProcessHandle.current().pid());

  @BeforeEach
  void onlyWithKernel() {
    RealKernel.use();
  }

  @Test
  void seesArgumentsAndResultsOfALibrary() {
    try (var bpf = UserFunctionsBpf.configure().process(PROCESS).load()) {
      bpf.enter().attach(PROCESS);
      bpf.leave().attach();
      for (int i = 0; i < 3; i++) {
        assertThat(CLibrary.toUpper('a' + i)).isEqualTo('A' + i);
      }
      assertThat(bpf.calls()).isEqualTo(3);
      assertThat(bpf.letter()).isEqualTo('c');
      assertThat(bpf.returns()).isEqualTo(3);
      assertThat(bpf.upper()).isEqualTo('C');
    }
  }

  @Test
  void namesWhatIsMissing() {
    try (var bpf = UserFunctionsBpf.configure().process(PROCESS).load()) {
      assertThatThrownBy(() -> bpf.enter().attach(BinaryPlace.parse("libc.so.6:no_such"), -1))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("no_such");
      assertThatThrownBy(() -> bpf.enter().attach(BinaryPlace.parse("no_such_library:f"), -1))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("no_such_library");
    }
  }

  @Test
  void seesManyFunctionsByOneLink() {
    try (var bpf = ManyFunctionsBpf.configure().process(PROCESS).load()) {
      bpf.enter().attach(PROCESS);
      bpf.leave().attach("libc.so.6", List.of("tolower"), PROCESS);
      CLibrary.toUpper('a');
      CLibrary.toLower('B');
      assertThat(bpf.letters()).isEqualTo(2);
      assertThat(bpf.sum()).isEqualTo('a' + 'B');
      assertThat(bpf.results()).isEqualTo('b');
    }
  }

  @Test
  void seesSamplesOfAClock() {
    try (var bpf = UserFunctionsBpf.configure().process(PROCESS).load()) {
      for (int cpu = 0; cpu < Runtime.getRuntime().availableProcessors(); cpu++) {
        bpf.sample().attach(PerfCounter.CPU_CLOCK, 1_000_000, cpu);
      }
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (bpf.samples() == 0 && System.nanoTime() < end) {
        CLibrary.toUpper('a');
      }
      assertThat(bpf.samples()).isPositive();
      assertThat(bpf.period()).isEqualTo(1_000_000);
      assertThat(bpf.instruction()).isNotZero();
    }
  }
}
