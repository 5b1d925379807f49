package org.bpf4j.compiler.optimize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Terminator.Edge;

/// Removes the blocks that the entry does not reach.
final class Reachable {
  private Reachable() {}

  static Function run(Function function) {
    Map<Integer, Block> unseen = new HashMap<>();
    function.blocks().forEach(block -> unseen.put(block.id(), block));
    Deque<Block> work = new ArrayDeque<>();
    work.push(Objects.requireNonNull(unseen.remove(function.entry().id())));
    while (!work.isEmpty()) {
      for (Edge edge : work.pop().terminator().edges()) {
        Block next = unseen.remove(edge.block());
        if (next != null) {
          work.push(next);
        }
      }
    }
    return unseen.isEmpty()
        ? function
        : function.withBlocks(
            function.blocks().stream().filter(b -> !unseen.containsKey(b.id())).toList());
  }
}
