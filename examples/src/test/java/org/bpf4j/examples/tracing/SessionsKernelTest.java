package org.bpf4j.examples.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpf4j.examples.RealKernel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sessions of functions of this process; those of the kernel's functions run in guests.
class SessionsKernelTest {

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  @Test
  void entriesAskForReturns() {
    try (var bpf = SessionsBpf.configure().skip(SessionsBpf.Program.LISTEN).load()) {
      bpf.upper().attach(ProcessHandle.current().pid());
      CLibrary.toUpper('x');
      assertThat(bpf.entries()).isOne();
      assertThat(bpf.returns()).isOne();
      assertThat(bpf.argument()).isEqualTo('x');
      assertThat(bpf.result()).isEqualTo('X');
      CLibrary.toUpper('q');
      assertThat(bpf.entries()).isEqualTo(2);
      assertThat(bpf.returns()).isOne();
    }
  }
}
