package org.bpf4j.examples.tracing;

import org.bpf4j.examples.RealKernel;
import org.bpf4j.examples.guest.WalkChecks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WalksKernelTest {

  @BeforeEach
  void onlyWithKernel() {
    RealKernel.use();
  }

  @Test
  void followsPointersOfTheKernel() throws Exception {
    WalkChecks.exec();
  }
}
