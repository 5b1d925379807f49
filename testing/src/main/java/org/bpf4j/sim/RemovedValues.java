package org.bpf4j.sim;

import java.util.ArrayDeque;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;

/// Values that left a map while a program may still hold references to them.
///
/// They are there until the program ends, as the kernel has it, but not without limit: of very many
/// that one run removes the oldest go at once, as where the kernel uses the memory again.
final class RemovedValues {

  /// So many are kept.
  private static final int MOST = 1 << 14;

  private final Memory memory;
  private final ArrayDeque<Region> values = new ArrayDeque<>();

  RemovedValues(Memory memory) {
    this.memory = memory;
  }

  void add(Region... removed) {
    for (Region value : removed) {
      values.add(value);
      if (values.size() > MOST) {
        memory.remove(values.remove());
      }
    }
  }

  /// Frees all of them.
  void free() {
    values.forEach(memory::remove);
    values.clear();
  }
}
