package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Freplace;

/// Takes the place of [Weights]' function.
@Bpf(license = "GPL")
public final class DoubledWeights {

  @Freplace("add")
  static void twice(Weights.Totals totals, int length, long unit) {
    for (int i = 0; i < 2; i++) {
      totals.bytes += length + (unit >>> 40);
      totals.packets++;
    }
  }

  private DoubledWeights() {}
}
