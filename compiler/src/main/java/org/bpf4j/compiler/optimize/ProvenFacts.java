package org.bpf4j.compiler.optimize;

import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;

/// Drops the facts that only the analysis needs: that references are there. They are proven, and
/// the verifier finds them by itself in the tests that prove them.
///
/// Ranges and packet bounds stay: they tie an access to its check.
final class ProvenFacts {
  private ProvenFacts() {}

  static Function run(Function function) {
    Substitution substitution = new Substitution();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.Refine refine) {
          switch (refine.fact()) {
            case Fact.NonNull _, Fact.Present _ ->
                substitution.replace(refine.result(), refine.value());
            case Fact.Range _, Fact.PacketBytes _, Fact.Trusted _, Fact.Member _ -> {}
          }
        }
      }
    }
    return substitution.isEmpty() ? function : DeadCode.run(substitution.apply(function));
  }
}
