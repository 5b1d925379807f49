package org.bpf4j.examples.maps;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpf4j.junit.BpfTest;
import org.bpf4j.kernel.Kernel;
import org.junit.jupiter.api.Test;

@BpfTest
class LimitedTest {

  @Test
  void mapsOfComponentsAreNamedByTheirFields(Kernel kernel) {
    try (LimitedBpf bpf =
        LimitedBpf.configure().sourcesLeft(map -> map.maxEntries(100)).load(kernel)) {
      bpf.sourcesLeft().put(1, 2);
      bpf.targetsLeft().put(1, 1);

      assertThat(bpf.admit().run()).isEqualTo(2);
      assertThat(bpf.admit().run()).isEqualTo(1);
      assertThat(bpf.admit().run()).isZero();
      assertThat(bpf.sourcesLeft().getOrThrow(1)).isZero();
      assertThat(bpf.targetsLeft().getOrThrow(1)).isZero();
      assertThat(bpf.sourcesLeft().loaded().definition().maxEntries()).isEqualTo(100);
    }
  }
}
