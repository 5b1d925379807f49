package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Value;

/// The tests for null of a function, and where they have been passed.
final class NullTests {

  private final Definitions definitions;
  private final ControlFlow flow;

  /// For each address the blocks that are reached only if it is not null.
  private final Map<Value, List<Integer>> passed = new HashMap<>();

  NullTests(Function function, Definitions definitions) {
    this.definitions = definitions;
    this.flow = ControlFlow.of(function);
    flow.order().forEach(this::note);
  }

  private void note(Block block) {
    if (block.terminator() instanceof Terminator.Branch test
        && (test.op() == CompareOp.EQ || test.op() == CompareOp.NE)
        && definitions.isConstant(test.right(), 0)
        && test.then().block() != test.otherwise().block()) {
      int there = (test.op() == CompareOp.NE ? test.then() : test.otherwise()).block();
      if (flow.predecessors(there).size() == 1) {
        passed
            .computeIfAbsent(definitions.unrefined(test.left()), _ -> new ArrayList<>())
            .add(there);
      }
    }
  }

  /// Whether an address was tested on each way to a block.
  boolean isPassed(Value address, int block) {
    return flow.isReachable(block)
        && passed.getOrDefault(definitions.unrefined(address), List.of()).stream()
            .anyMatch(there -> flow.dominates(there, block));
  }
}
