package org.bpf4j.load;

import java.util.List;
import java.util.Map;
import org.bpf4j.isa.Insn;

/// A program's instructions, ready for the kernel.
///
/// @param insns the instructions
/// @param unresolved why instructions were replaced by a call that the verifier refuses, by slot;
///   they matter only if the program can reach them
record Patched(List<Insn> insns, Map<Integer, String> unresolved) {

  /// Copies the collections.
  Patched {
    insns = List.copyOf(insns);
    unresolved = Map.copyOf(unresolved);
  }
}
