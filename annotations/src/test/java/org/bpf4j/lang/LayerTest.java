package org.bpf4j.lang;

import java.io.IOException;
import org.bpf4j.layers.Layers;
import org.junit.jupiter.api.Test;

/// Overlays are views that programs make themselves, so the language has the proxies of views.
class LayerTest {
  @Test
  void packagesUseWhatTheArchitectureSays() throws IOException {
    Layers.check(
        50,
        """
        noun  lang+lang.net+lang.host
        """);
  }
}
