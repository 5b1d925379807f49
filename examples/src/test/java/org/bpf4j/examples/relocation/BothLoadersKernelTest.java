package org.bpf4j.examples.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bpf4j.examples.Command;
import org.bpf4j.examples.RealKernel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BothLoadersKernelTest {

  @BeforeEach
  void onlyWithKernelAndLibbpf() throws InterruptedException {
    RealKernel.use();
    try {
      Command.run("bpftool", "--version");
    } catch (IOException e) {
      boolean required = System.getProperty("bpf4j.kernel", "off").equals("require");
      assertThat(required).as("bpftool is not installed").isFalse();
      Assumptions.abort("bpftool is not installed");
    }
  }

  @Test
  void structsAreReadWhereTheyAre() throws Exception {
    assertThat(BothLoaders.tasks()).contains("types ", "same instructions");
  }

  @Test
  void bitsAreReadWhereTheyAre() throws Exception {
    assertThat(BothLoaders.programs()).contains("gpl 1", "same instructions");
  }
}
