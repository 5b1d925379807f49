package org.bpf4j.compiler.optimize;

import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Function;

/// Removes the blocks that the entry does not reach.
final class Reachable {
  private Reachable() {}

  static Function run(Function function) {
    ControlFlow flow = ControlFlow.of(function);
    return flow.order().size() == function.blocks().size()
        ? function
        : function.withBlocks(
            function.blocks().stream().filter(b -> flow.isReachable(b.id())).toList());
  }
}
