package org.bpf4j.cli;

import java.io.IOException;
import org.bpf4j.layers.Layers;
import org.junit.jupiter.api.Test;

class LayerTest {
  @Test
  void packagesUseWhatTheArchitectureSays() throws IOException {
    Layers.check(
        10,
        """
        given isa btf object verify compiler compiler.diagnostic
        given lang lang.net lang.host
        given kernel handle inventory load attach inspect probe
        given packet vm sim
        whole cli
        """);
  }
}
