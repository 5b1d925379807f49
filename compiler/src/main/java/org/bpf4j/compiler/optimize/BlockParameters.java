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
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Removes parameters that always get the same value, itself excepted, and turns those that always
/// get the same number into constants. Null where an address was just found null is that address.
final class BlockParameters {
  /// How far back a null test is looked for; between it and the join is little more than the code
  /// that counts the failure.
  private static final int STRAIGHT = 8;

  private final Function function;
  private final Definitions definitions;
  private final Substitution substitution = new Substitution();
  private final Map<Integer, List<Incoming>> incoming = new HashMap<>();
  private final Map<Value, Long> numbers = new HashMap<>();

  /// An edge and the block it leaves.
  private record Incoming(Block from, Edge edge) {}

  static Function run(Function function) {
    return new BlockParameters(Reachable.run(function)).simplified();
  }

  private BlockParameters(Function function) {
    this.function = function;
    this.definitions = Definitions.of(function);
    for (Block block : function.blocks()) {
      for (Edge edge : block.terminator().edges()) {
        incoming
            .computeIfAbsent(edge.block(), _ -> new ArrayList<>())
            .add(new Incoming(block, edge));
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
    List<Incoming> edges = incoming.getOrDefault(block.id(), List.of());
    boolean changed = false;
    for (int i = 0; i < block.parameters().size(); i++) {
      Value parameter = block.parameters().get(i);
      if (edges.isEmpty()
          || numbers.containsKey(parameter)
          || !substitution.resolve(parameter).equals(parameter)) {
        continue;
      }
      List<Value> arguments = new ArrayList<>();
      for (Incoming in : edges) {
        Value argument = substitution.resolve(in.edge.arguments().get(i));
        if (!argument.equals(parameter) && !arguments.contains(argument)) {
          arguments.add(argument);
        }
      }
      changed |= simplify(parameter, withoutNull(arguments, edges, i));
    }
    return changed;
  }

  /// Null and an address that is null wherever null is passed are the same: the address alone.
  private List<Value> withoutNull(List<Value> arguments, List<Incoming> edges, int place) {
    if (arguments.size() != 2 || arguments.getFirst().type() != Type.PTR) {
      return arguments;
    }
    for (Value address : arguments) {
      boolean same =
          edges.stream()
              .allMatch(
                  in -> {
                    Value passed = substitution.resolve(in.edge.arguments().get(place));
                    return definitions.isConstant(passed, 0)
                        ? isNull(address, in)
                        : !arguments.contains(passed) || passed.equals(address);
                  });
      if (same && !definitions.isConstant(address, 0)) {
        return List.of(address);
      }
    }
    return arguments;
  }

  /// Whether the last test before the edge, on a straight way to it, found the address null.
  private boolean isNull(Value address, Incoming in) {
    Incoming current = in;
    for (int steps = 0; steps < STRAIGHT; steps++) {
      if (current.from.terminator() instanceof Terminator.Branch t
          && !t.then().equals(t.otherwise())
          && substitution.resolve(t.left()).equals(address)
          && definitions.isConstant(t.right(), 0)
          && ((t.op() == CompareOp.EQ && t.then().equals(current.edge))
              || (t.op() == CompareOp.NE && t.otherwise().equals(current.edge)))) {
        return true;
      }
      List<Incoming> before = incoming.getOrDefault(current.from.id(), List.of());
      if (before.size() != 1) {
        return false;
      }
      current = before.getFirst();
    }
    return false;
  }

  private boolean simplify(Value parameter, List<Value> arguments) {
    if (arguments.size() == 1) {
      substitution.replace(parameter, arguments.getFirst());
      substitution.drop(parameter);
      return true;
    }
    OptionalLong first = arguments.isEmpty() ? OptionalLong.empty() : number(arguments.getFirst());
    if (first.isEmpty() || !arguments.stream().allMatch(value -> number(value).equals(first))) {
      return false;
    }
    numbers.put(parameter, first.getAsLong());
    substitution.drop(parameter);
    return true;
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
