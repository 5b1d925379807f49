package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Value;

/// Removes parameters that always get the same value, itself excepted, and turns those that always
/// get the same number into constants.
final class BlockParameters {
  private final Function function;
  private final Definitions definitions;
  private final Substitution substitution = new Substitution();
  private final Map<Integer, List<Edge>> incoming = new HashMap<>();
  private final Map<Value, Long> numbers = new HashMap<>();

  static Function run(Function function) {
    return new BlockParameters(Reachable.run(function)).simplified();
  }

  private BlockParameters(Function function) {
    this.function = function;
    this.definitions = Definitions.of(function);
    for (Block block : function.blocks()) {
      for (Edge edge : block.terminator().edges()) {
        incoming.computeIfAbsent(edge.block(), _ -> new ArrayList<>()).add(edge);
      }
    }
  }

  private Function simplified() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block block : function.blocks()) {
        changed |= simplify(block);
      }
    }
    return withNumbers(substitution.apply(function));
  }

  private boolean simplify(Block block) {
    List<Edge> edges = incoming.getOrDefault(block.id(), List.of());
    boolean changed = false;
    for (int i = 0; i < block.parameters().size(); i++) {
      Value parameter = block.parameters().get(i);
      if (edges.isEmpty()
          || numbers.containsKey(parameter)
          || !substitution.resolve(parameter).equals(parameter)) {
        continue;
      }
      int place = i;
      List<Value> arguments =
          edges.stream()
              .map(edge -> substitution.resolve(edge.arguments().get(place)))
              .filter(value -> !value.equals(parameter))
              .distinct()
              .toList();
      changed |= simplify(parameter, arguments);
    }
    return changed;
  }

  private boolean simplify(Value parameter, List<Value> arguments) {
    if (arguments.size() == 1) {
      substitution.replace(parameter, arguments.getFirst());
      substitution.drop(parameter);
      return true;
    }
    List<OptionalLong> constants = arguments.stream().map(this::number).distinct().toList();
    if (constants.size() == 1 && constants.getFirst().isPresent()) {
      numbers.put(parameter, constants.getFirst().getAsLong());
      substitution.drop(parameter);
      return true;
    }
    return false;
  }

  private OptionalLong number(Value value) {
    Long number = numbers.get(value);
    return number != null ? OptionalLong.of(number) : definitions.constant(value);
  }

  private Function withNumbers(Function simplified) {
    Map<Integer, Block> before = new HashMap<>();
    function.blocks().forEach(block -> before.put(block.id(), block));
    return numbers.isEmpty()
        ? simplified
        : simplified.withBlocks(
            simplified.blocks().stream()
                .map(block -> withNumbers(block, before.getOrDefault(block.id(), block)))
                .toList());
  }

  private Block withNumbers(Block block, Block before) {
    List<Inst> insts = new ArrayList<>();
    for (Value parameter : before.parameters()) {
      Long number = numbers.get(parameter);
      if (number != null) {
        insts.add(new Inst.Const(parameter, number, block.terminator().origin()));
      }
    }
    insts.addAll(block.insts());
    return new Block(block.id(), block.parameters(), insts, block.terminator());
  }
}
