package org.bpf4j.compiler;

import java.io.IOException;
import org.bpf4j.layers.Layers;
import org.junit.jupiter.api.Test;

class LayerTest {
  @Test
  void packagesUseWhatTheArchitectureSays() throws IOException {
    Layers.check(
        100,
        """
        given isa btf object
        noun  compiler.diagnostic
        noun  compiler.ast
        noun  compiler.ssa
        noun  compiler.machine
        verb  compiler.validate
        verb  compiler.link
        verb  compiler.translate
        facts compiler.analyze
        verb  compiler.optimize
        verb  compiler.select
        verb  compiler.allocate
        verb  compiler.emit
        verb  verify
        whole compiler
        """);
  }
}
