package org.bpf4j.compiler.optimize;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Renaming;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Value;

/// Values that take the place of others, and parameters that go away.
///
/// Collected by a pass, then applied to the whole function at once; what replaces a value may be
/// replaced itself.
final class Substitution {
  private final Map<Value, Value> replacements = new HashMap<>();
  private final Set<Value> dropped = new HashSet<>();

  /// From now on `by` stands for `value`.
  void replace(Value value, Value by) {
    replacements.put(value, by);
  }

  /// Removes a block parameter and the arguments for it.
  void drop(Value parameter) {
    dropped.add(parameter);
  }

  boolean isEmpty() {
    return replacements.isEmpty() && dropped.isEmpty();
  }

  /// What stands for the value in the end.
  Value resolve(Value value) {
    Value end = value;
    Value next = replacements.get(end);
    while (next != null) {
      end = next;
      next = replacements.get(end);
    }
    Value from = value;
    while (!from.equals(end)) {
      Value step = replacements.put(from, end);
      from = step == null ? end : step;
    }
    return end;
  }

  /// The function with all uses replaced and without the dropped parameters.
  Function apply(Function function) {
    if (isEmpty()) {
      return function;
    }
    Map<Integer, List<Integer>> kept = new HashMap<>();
    for (Block block : function.blocks()) {
      List<Value> parameters = block.parameters();
      if (parameters.stream().anyMatch(dropped::contains)) {
        kept.put(
            block.id(),
            IntStream.range(0, parameters.size())
                .filter(i -> !dropped.contains(parameters.get(i)))
                .boxed()
                .toList());
      }
    }
    Renaming renaming =
        new Renaming() {
          @Override
          public Value use(Value value) {
            return resolve(value);
          }

          @Override
          public Edge apply(Edge edge) {
            List<Integer> places = kept.get(edge.block());
            if (places == null) {
              return Renaming.super.apply(edge);
            }
            return new Edge(
                edge.block(), places.stream().map(edge.arguments()::get).map(this::use).toList());
          }
        };
    return function.withBlocks(
        function.blocks().stream()
            .map(renaming::apply)
            .map(block -> kept.containsKey(block.id()) ? withoutDropped(block) : block)
            .toList());
  }

  private Block withoutDropped(Block block) {
    return new Block(
        block.id(),
        block.parameters().stream().filter(p -> !dropped.contains(p)).toList(),
        block.insts(),
        block.terminator());
  }
}
