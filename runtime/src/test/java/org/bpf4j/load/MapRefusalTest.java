package org.bpf4j.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bpf4j.kernel.RealKernel;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.MapKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Maps that a kernel has, with numbers that it refuses.
class MapRefusalTest {

  @BeforeEach
  void kernel() {
    RealKernel.use();
  }

  @ParameterizedTest
  @CsvSource({
    "HASH, 4, 8, 0, these sizes",
    "LPM_TRIE, 8, 8, 16, need the flag 0x1",
    "STACK_TRACE, 4, 4, 16, these sizes",
    "CGROUP_STORAGE, 16, 8, 1, these sizes",
    "PERCPU_CGROUP_STORAGE, 16, 8, 1, these sizes",
    "ARRAY_OF_MAPS, 4, 4, 2, what maps it holds",
    "QUEUE, 4, 8, 2, these sizes",
    "RINGBUF, 4, 8, 4096, these sizes"
  })
  void areNotCalledNewer(MapKind kind, int key, int value, int entries, String reason) {
    ObjectText text =
        new ObjectText()
            .map("odd", kind, key, value, entries)
            .program("xdp", "run", "r0 = 1\nexit");
    assertThatThrownBy(text::load)
        .isNotInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("BPF_MAP_CREATE of " + kind + " `odd`")
        .hasMessageContaining(reason);
  }
}
