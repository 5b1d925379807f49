package org.bpf4j.processor;

import java.io.IOException;
import org.bpf4j.layers.Layers;
import org.junit.jupiter.api.Test;

class LayerTest {
  @Test
  void packagesUseWhatTheArchitectureSays() throws IOException {
    Layers.check(
        20,
        """
        given isa btf object
        given compiler.diagnostic compiler.ast compiler verify
        verb  processor.read
        verb  processor.generate
        verb  processor.report
        whole processor
        """);
  }
}
