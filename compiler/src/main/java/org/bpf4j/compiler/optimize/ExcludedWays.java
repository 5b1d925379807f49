package org.bpf4j.compiler.optimize;

import java.util.List;
import java.util.Map;
import org.bpf4j.compiler.analyze.SingleWays;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.jspecify.annotations.Nullable;

/// Makes a jump of each branch that goes one way only, and removes what nothing reaches then.
///
/// No analysis saw it: a record that is lost there, or a reference that is not there, is no error,
/// but the verifier would find it.
final class ExcludedWays {
  private ExcludedWays() {}

  static Function run(Function function) {
    Map<Integer, Edge> ways = SingleWays.of(function);
    if (ways.isEmpty()) {
      return function;
    }
    List<Block> blocks =
        function.blocks().stream().map(block -> jumping(block, ways.get(block.id()))).toList();
    return Reachable.run(function.withBlocks(blocks));
  }

  private static Block jumping(Block block, @Nullable Edge way) {
    return way == null
        ? block
        : new Block(
            block.id(),
            block.parameters(),
            block.insts(),
            new Terminator.Jump(way, block.terminator().origin()));
  }
}
