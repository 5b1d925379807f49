package org.bpf4j.load;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bpf4j.isa.Insn;
import org.bpf4j.sys.Descriptor;

/// A program's instructions, ready for the kernel.
///
/// @param insns the instructions
/// @param modules the descriptors of the types of modules whose functions are called, by the slots
///   of the calls
/// @param unresolved why instructions were replaced by a call that the verifier refuses, by slot;
///   they matter only if the program can reach them
record Patched(
    List<Insn> insns, Map<Integer, Descriptor> modules, Map<Integer, String> unresolved) {

  /// Copies the collections.
  Patched {
    insns = List.copyOf(insns);
    modules = Map.copyOf(modules);
    unresolved = Map.copyOf(unresolved);
  }

  /// The first slot that is no instruction that we know.
  OptionalInt unknown() {
    int slot = 0;
    for (Insn insn : insns) {
      if (insn instanceof Insn.Unknown) {
        return OptionalInt.of(slot);
      }
      slot += insn.slots();
    }
    return OptionalInt.empty();
  }
}
