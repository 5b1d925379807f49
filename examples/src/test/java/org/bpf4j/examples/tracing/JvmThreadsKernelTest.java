package org.bpf4j.examples.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bpf4j.examples.RealKernel;
import org.bpf4j.handle.ProbePlace;
import org.bpf4j.kernel.NoSuchTargetException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Static probes of this test's own JVM, found among the files that it runs.
class JvmThreadsKernelTest {

  private static final long OWN = ProcessHandle.current().pid();

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  @Test
  void seesThreadsStart() throws Exception {
    try (var bpf = JvmThreadsBpf.configure().process((int) OWN).load()) {
      bpf.start().attach(OWN);
      Thread thread = Thread.ofPlatform().name("seen by a probe").daemon().start(() -> {});
      thread.join();
      assertThat(bpf.started()).isPositive();
      assertThat(bpf.thread()).isEqualTo(thread.threadId());
      assertThat(bpf.name()).hasToString("seen by a probe");
      assertThat(bpf.nameLength()).isEqualTo("seen by a probe".length());
      assertThat(bpf.daemon()).isTrue();
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    try (var bpf = JvmThreadsBpf.load()) {
      assertThatThrownBy(
              () -> bpf.start().attach(new ProbePlace("libjvm.so", "hotspot", "gone"), OWN))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("hotspot:gone");
      assertThatThrownBy(() -> bpf.start().attach(Integer.MAX_VALUE))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("process");
      assertThatThrownBy(() -> bpf.start().attach(new ProbePlace("libnone.so", "a", "b"), -1))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("libnone.so");
    }
  }
}
