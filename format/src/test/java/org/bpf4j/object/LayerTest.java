package org.bpf4j.object;

import java.io.IOException;
import org.bpf4j.layers.Layers;
import org.junit.jupiter.api.Test;

class LayerTest {
  @Test
  void packagesUseWhatTheArchitectureSays() throws IOException {
    Layers.check(
        25,
        """
        noun  isa
        noun  btf
        noun  object
        noun  core
        """);
  }
}
