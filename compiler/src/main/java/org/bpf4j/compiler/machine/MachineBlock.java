package org.bpf4j.compiler.machine;

import java.util.ArrayList;
import java.util.List;

/// A straight run of instructions; the last one, and no other, leaves it.
///
/// @param id unique in its function; `b3` in text
/// @param insns the instructions but the last
/// @param end the last instruction
public record MachineBlock<R extends Register>(
    int id, List<MachineInsn<R>> insns, MachineInsn.End<R> end) {

  /// Copies the list.
  public MachineBlock {
    insns = List.copyOf(insns);
  }

  /// All instructions, the end included.
  public List<MachineInsn<R>> all() {
    List<MachineInsn<R>> all = new ArrayList<>(insns);
    all.add(end);
    return all;
  }
}
