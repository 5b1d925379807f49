package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Renaming;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Value;

/// Straightens the flow: a branch with one target is a jump, an edge to an empty block goes where
/// that goes, a jump to a lone return returns, and a block joins its only predecessor.
final class Branches {
  private final Function function;
  private final Map<Integer, Block> blocks = new HashMap<>();
  private final Set<Value> usedElsewhere = new HashSet<>();

  static Function run(Function function) {
    Function reachable = Reachable.run(function);
    Function shortened = Reachable.run(new Branches(reachable).shortened());
    return new Branches(shortened).merged();
  }

  private Branches(Function function) {
    this.function = function;
    function.blocks().forEach(block -> blocks.put(block.id(), block));
  }

  private Function shortened() {
    findUses();
    return function.withBlocks(function.blocks().stream().map(this::shortened).toList());
  }

  /// Collects the parameters that other blocks use than theirs.
  private void findUses() {
    Map<Value, Integer> parameterOf = new HashMap<>();
    function.blocks().forEach(b -> b.parameters().forEach(p -> parameterOf.put(p, b.id())));
    for (Block block : function.blocks()) {
      Consumer<Value> use =
          value -> {
            Integer home = parameterOf.get(value);
            if (home != null && home != block.id()) {
              usedElsewhere.add(value);
            }
          };
      block.insts().forEach(inst -> inst.operands().forEach(use));
      block.terminator().operands().forEach(use);
    }
  }

  private Block shortened(Block block) {
    Renaming edges =
        new Renaming() {
          @Override
          public Edge apply(Edge edge) {
            return follow(edge);
          }
        };
    Terminator end = edges.apply(block.terminator());
    if (end instanceof Terminator.Branch(_, _, _, Edge then, Edge otherwise, _)
        && then.equals(otherwise)) {
      end = new Terminator.Jump(then, end.origin());
    }
    if (end instanceof Terminator.Jump(Edge target, _) && isEmpty(target)) {
      Block next = target(target);
      if (next.terminator() instanceof Terminator.Return lone) {
        end = passing(next, target).apply((Terminator) lone);
      }
    }
    return new Block(block.id(), block.parameters(), block.insts(), end);
  }

  private Block target(Edge edge) {
    return Objects.requireNonNull(blocks.get(edge.block()));
  }

  /// Whether the target has no instruction, and nothing but its own end uses its parameters.
  private boolean isEmpty(Edge edge) {
    Block target = target(edge);
    return target.insts().isEmpty()
        && target.parameters().stream().noneMatch(usedElsewhere::contains);
  }

  /// Where an edge leads once empty blocks are skipped; a cycle of empty blocks stays as it is.
  private Edge follow(Edge edge) {
    Set<Integer> passed = new HashSet<>();
    Edge current = edge;
    while (isEmpty(current)
        && target(current).terminator() instanceof Terminator.Jump(Edge next, _)
        && passed.add(current.block())) {
      current = passing(target(current), current).apply(next);
    }
    return passed.contains(current.block()) ? edge : current;
  }

  /// Puts an edge's arguments in the place of its target's parameters.
  private static Renaming passing(Block target, Edge edge) {
    Map<Value, Value> passed = new HashMap<>();
    for (int i = 0; i < target.parameters().size(); i++) {
      passed.put(target.parameters().get(i), edge.arguments().get(i));
    }
    return Renaming.ofUses(value -> passed.getOrDefault(value, value));
  }

  private Function merged() {
    Map<Integer, Integer> entries = new HashMap<>();
    Set<Integer> swallowed = new HashSet<>();
    for (Block block : function.blocks()) {
      block.terminator().edges().forEach(e -> entries.merge(e.block(), 1, Integer::sum));
    }
    for (Block block : function.blocks()) {
      if (block.terminator() instanceof Terminator.Jump(Edge target, _)
          && target.block() != block.id()
          && entries.getOrDefault(target.block(), 0) == 1) {
        swallowed.add(target.block());
      }
    }
    Substitution substitution = new Substitution();
    List<Block> result = new ArrayList<>();
    for (Block block : function.blocks()) {
      if (!swallowed.contains(block.id())) {
        result.add(withFollowers(block, swallowed, substitution));
      }
    }
    return substitution.apply(function.withBlocks(result));
  }

  /// The block with all blocks that only it, or what it swallowed before, jumps to.
  private Block withFollowers(Block block, Set<Integer> swallowed, Substitution substitution) {
    List<Inst> insts = new ArrayList<>(block.insts());
    Terminator end = block.terminator();
    while (end instanceof Terminator.Jump(Edge edge, _) && swallowed.contains(edge.block())) {
      Block next = target(edge);
      for (int i = 0; i < next.parameters().size(); i++) {
        substitution.replace(next.parameters().get(i), edge.arguments().get(i));
      }
      insts.addAll(next.insts());
      end = next.terminator();
    }
    return new Block(block.id(), block.parameters(), insts, end);
  }
}
