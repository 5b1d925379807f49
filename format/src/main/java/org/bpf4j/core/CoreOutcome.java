package org.bpf4j.core;

import java.util.List;
import org.bpf4j.isa.Insn;

/// What became of an instruction whose constant depends on the kernel.
public sealed interface CoreOutcome {

  /// A helper that no kernel has: libbpf's number for the same purpose, so that its users recognise
  /// it in logs.
  int POISON = 0xbad2310;

  /// The constant is in place.
  record Patched(Insn insn) implements CoreOutcome {}

  /// The kernel lacks what the instruction needs.
  ///
  /// That is harmless as long as nothing reaches the instruction, which is what existence tests are
  /// for; so it becomes one that must not be reached.
  ///
  /// @param reason what is missing, for messages
  record Impossible(String reason) implements CoreOutcome {
    /// What stands for the instruction: as many slots, which whoever runs the code must refuse.
    public List<Insn> instead(Insn insn) {
      Insn poison = new Insn.Call(Insn.CallKind.HELPER, POISON);
      return insn.slots() == 2 ? List.of(poison, poison) : List.of(poison);
    }
  }
}
