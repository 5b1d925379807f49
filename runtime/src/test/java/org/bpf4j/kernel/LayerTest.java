package org.bpf4j.kernel;

import java.io.IOException;
import org.bpf4j.layers.Layers;
import org.junit.jupiter.api.Test;

class LayerTest {
  @Test
  void packagesUseWhatTheArchitectureSays() throws IOException {
    Layers.check(
        40,
        """
        given isa btf object core
        given lang lang.net lang.host
        noun  event
        noun  handle+kernel+inventory
        noun  sys
        verb  load
        verb  attach
        verb  inspect
        verb  keep
        verb  probe
        root  kernel.Kernel load.LocalKernel
        """);
  }
}
