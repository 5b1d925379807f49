package org.bpf4j.sim;

import java.io.IOException;
import org.bpf4j.layers.Layers;
import org.junit.jupiter.api.Test;

class LayerTest {
  @Test
  void packagesUseWhatTheArchitectureSays() throws IOException {
    Layers.check(
        40,
        """
        given isa btf object core verify compiler.diagnostic
        given lang lang.net lang.host
        given kernel handle inventory
        noun  packet
        noun  vm
        noun  sim
        whole junit
        """);
  }
}
