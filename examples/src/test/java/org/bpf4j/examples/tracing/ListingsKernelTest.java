package org.bpf4j.examples.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpf4j.examples.RealKernel;
import org.bpf4j.handle.ListScope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListingsKernelTest {

  @BeforeEach
  void onlyWithKernel() {
    RealKernel.use();
  }

  @Test
  void listsThreadsOfAProcess() {
    long process = ProcessHandle.current().pid();
    try (var bpf = ListingsBpf.load()) {
      String text = bpf.tasks().read(new ListScope.OfProcess(process));
      assertThat(text.lines())
          .hasSizeGreaterThan(1)
          .allMatch(line -> line.endsWith("of " + process));
      assertThat(text).contains(process + " of " + process + "\n");
      assertThat(bpf.items()).isEqualTo(text.lines().count());
      assertThat(bpf.tasks().read()).contains(process + " of " + process + "\n");
    }
  }

  @Test
  void listsMaps() {
    try (var bpf = ListingsBpf.load()) {
      assertThat(bpf.maps().read()).contains(" has room for 4711, 1267, 4711\nend\n");
    }
  }
}
