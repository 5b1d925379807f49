package org.bpf4j.compiler.ssa;

import java.util.List;

/// A straight run of instructions with one entry and one [Terminator].
///
/// @param id unique in its function; `b3` in text
/// @param parameters what jumps to it pass: SSA's joins
/// @param insts the instructions
/// @param terminator how it ends
public record Block(int id, List<Value> parameters, List<Inst> insts, Terminator terminator) {
  /// Copies the lists.
  public Block {
    parameters = List.copyOf(parameters);
    insts = List.copyOf(insts);
  }
}
