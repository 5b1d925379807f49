package org.bpf4j.compiler.optimize;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Renaming;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Finds which value a variable with several definitions has where, adding block parameters at
/// joins.
///
/// A variable is any key. All definitions are given first, then values are asked for, then
/// [#complete] adds what the answers need. Parameters that turn out to be superfluous are left to
/// [BlockParameters].
final class Reaching<K> {
  private record At<K>(K variable, int block) {}

  private record Join<K>(K variable, int block, Value parameter) {}

  private final ControlFlow flow;
  private final Numbers numbers;
  private final Map<At<K>, Value> ends = new HashMap<>();
  private final Map<At<K>, Value> starts = new HashMap<>();
  private final Map<K, Type> types = new HashMap<>();
  private final Map<K, Value> initial = new HashMap<>();
  private final Map<Integer, List<Join<K>>> joins = new HashMap<>();
  private final Deque<Join<K>> open = new ArrayDeque<>();

  Reaching(ControlFlow flow, Numbers numbers) {
    this.flow = flow;
    this.numbers = numbers;
  }

  /// The variable has this value when the block ends.
  void define(K variable, int block, Value value) {
    ends.put(new At<>(variable, block), value);
    types.put(variable, value.type());
  }

  /// The variable has this value when the function begins; it must dominate everything.
  void begin(K variable, Value value) {
    initial.put(variable, value);
    types.put(variable, value.type());
  }

  /// The variable's value when the block begins.
  Value atStart(K variable, int block) {
    List<At<K>> passed = new ArrayList<>();
    Value found = null;
    int current = block;
    while (found == null) {
      At<K> at = new At<>(variable, current);
      found = starts.get(at);
      if (found == null) {
        passed.add(at);
        List<Integer> predecessors = flow.predecessors(current);
        if (predecessors.isEmpty()) {
          found = initial(variable);
        } else if (predecessors.size() > 1) {
          found = join(at);
        } else {
          current = predecessors.getFirst();
          found = ends.get(new At<>(variable, current));
        }
      }
    }
    for (At<K> at : passed) {
      starts.put(at, found);
    }
    return found;
  }

  private Value atEnd(K variable, int block) {
    Value defined = ends.get(new At<>(variable, block));
    return defined == null ? atStart(variable, block) : defined;
  }

  private Value initial(K variable) {
    Value value = initial.get(variable);
    if (value == null) {
      throw new CompilerBug(variable + " is used where it has no value");
    }
    return value;
  }

  private Value join(At<K> at) {
    Type type = types.get(at.variable);
    if (type == null) {
      throw new CompilerBug(at.variable + " is never defined");
    }
    Join<K> join = new Join<>(at.variable, at.block, numbers.value(type));
    joins.computeIfAbsent(at.block, _ -> new ArrayList<>()).add(join);
    open.add(join);
    return join.parameter;
  }

  /// The function with the parameters and arguments that the answers so far need.
  Function complete(Function function) {
    while (!open.isEmpty()) {
      Join<K> join = open.remove();
      flow.predecessors(join.block).forEach(p -> atEnd(join.variable, p));
    }
    return joins.isEmpty()
        ? function
        : function.withBlocks(function.blocks().stream().map(this::complete).toList());
  }

  private Block complete(Block block) {
    List<Value> parameters = new ArrayList<>(block.parameters());
    joins.getOrDefault(block.id(), List.of()).forEach(j -> parameters.add(j.parameter));
    Renaming edges =
        new Renaming() {
          @Override
          public Edge apply(Edge edge) {
            List<Value> arguments = new ArrayList<>(edge.arguments());
            for (Join<K> join : joins.getOrDefault(edge.block(), List.of())) {
              arguments.add(atEnd(join.variable, block.id()));
            }
            return new Edge(edge.block(), arguments);
          }
        };
    return new Block(block.id(), parameters, block.insts(), edges.apply(block.terminator()));
  }
}
