package org.bpf4j.lang;

import java.io.IOException;
import org.bpf4j.layers.Layers;
import org.junit.jupiter.api.Test;

class LayerTest {
  @Test
  void packagesUseWhatTheArchitectureSays() throws IOException {
    Layers.check(
        50,
        """
        noun  lang+lang.net
        noun  lang.host
        """);
  }
}
