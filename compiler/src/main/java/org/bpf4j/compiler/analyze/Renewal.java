package org.bpf4j.compiler.analyze;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Value;

/// A variable that gets another record when it handed over the last one, such as in each round of a
/// loop: what it has is not gone because the first one is.
final class Renewal {

  private final Function function;
  private final ControlFlow flow;
  private final Definitions definitions;
  private final Reservation group;
  private final List<Reservation> others;

  /// What is known where a record of the group was handed over, and no call gave another since.
  private final IdentityHashMap<Inst, Knowledge> gone = new IdentityHashMap<>();

  private Renewal(Function function, Reservation group, List<Reservation> others) {
    this.function = function;
    flow = ControlFlow.of(function);
    definitions = Definitions.of(function);
    this.group = group;
    this.others = others;
    new PathFacts<>(function, group)
        .visit(
            new PathFacts.Visitor<>() {
              @Override
              public void before(Block block, Inst inst, Map<Reservation.Stage, Knowledge> states) {
                Knowledge done = states.get(Reservation.Stage.DONE);
                if (done != null) {
                  gone.put(inst, done);
                }
              }

              @Override
              public void before(
                  Block block, Terminator end, Map<Reservation.Stage, Knowledge> states) {}
            });
  }

  /// Nothing for a variable that only one call gives its record.
  ///
  /// @param group calls of which each may give the variable its record
  /// @param first the one whose record is handed over
  static Optional<Renewal> of(Function function, Reservation group, Reservation first) {
    List<Reservation> others =
        Reservation.of(function).stream()
            .filter(other -> !other.call().equals(first.call()) && group.isBirth(other.call()))
            .toList();
    return others.isEmpty() ? Optional.empty() : Optional.of(new Renewal(function, group, others));
  }

  /// Whether a value is what another call gave, and is held at an instruction.
  boolean has(Block block, Inst inst, Value value) {
    Knowledge done = gone.get(inst);
    return others.stream().anyMatch(other -> other.has(value))
        && (done == null || done.knows(value, false))
        && join(value).filter(join -> !isOlder(join, block, inst)).isPresent();
  }

  /// The block at whose beginning the variable gets what the value is made of.
  private Optional<Block> join(Value value) {
    Value from = value;
    while (true) {
      switch (definitions.of(from).orElse(null)) {
        case Inst.Refine refine -> from = refine.value();
        case Inst.PtrAdd sum -> from = sum.base();
        case null -> {
          Value parameter = from;
          return function.blocks().stream()
              .filter(block -> block.parameters().contains(parameter))
              .findFirst();
        }
        default -> {
          return Optional.empty();
        }
      }
    }
  }

  /// Whether a call may give another record behind a join and before an instruction.
  private boolean isOlder(Block join, Block block, Inst inst) {
    if (reserves(block.insts().subList(0, block.insts().indexOf(inst)))) {
      return true;
    }
    Set<Integer> seen = new HashSet<>();
    ArrayDeque<Block> work = new ArrayDeque<>(List.of(block));
    while (!work.isEmpty()) {
      Block next = work.pop();
      if (next.equals(join) || !seen.add(next.id())) {
        continue;
      }
      for (int before : flow.predecessors(next.id())) {
        if (reserves(flow.block(before).insts())) {
          return true;
        }
        work.push(flow.block(before));
      }
    }
    return false;
  }

  private boolean reserves(List<Inst> insts) {
    return insts.stream().anyMatch(group::isBirth);
  }
}
