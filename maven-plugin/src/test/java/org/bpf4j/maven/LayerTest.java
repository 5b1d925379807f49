package org.bpf4j.maven;

import java.io.IOException;
import org.bpf4j.layers.Layers;
import org.junit.jupiter.api.Test;

class LayerTest {
  @Test
  void usesNothingOfOurs() throws IOException {
    Layers.check(3, "whole maven");
  }
}
