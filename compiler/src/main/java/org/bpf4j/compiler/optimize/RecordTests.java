package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Renaming;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Tests the address of what was acquired only once; what tests it again tests a flag.
///
/// The verifiers up to kernel 6.1 (for objects of the kernel up to 6.4) follow both sides of each
/// null test of a record, even behind an earlier one, and then find a record that is never handed
/// over. A flag that is 1 where the address joins and 0 where null does says the same, and the
/// verifier knows it on each path.
final class RecordTests {
  private final Function function;
  private final ControlFlow flow;
  private final Definitions definitions;
  private final Numbers numbers;
  private final Set<Value> records = new HashSet<>();
  private final Map<Value, Value> flags = new LinkedHashMap<>();

  static Function run(Function function) {
    boolean reserves =
        function.blocks().stream()
            .flatMap(block -> block.insts().stream())
            .anyMatch(RecordTests::isReservation);
    return reserves
        ? new RecordTests(RecordJoins.run(Reachable.run(function), RecordTests::isReservation))
            .flagged()
        : function;
  }

  private RecordTests(Function function) {
    this.function = function;
    this.flow = ControlFlow.of(function);
    this.definitions = Definitions.of(function);
    this.numbers = Numbers.after(function);
  }

  private static boolean isReservation(Inst inst) {
    return inst instanceof Inst.CallKernel call && call.function().acquires();
  }

  private Function flagged() {
    findRecords();
    for (Block block : flow.order()) {
      for (Value parameter : block.parameters()) {
        if (records.contains(parameter)) {
          flags.put(parameter, numbers.value(Type.I32));
        }
      }
    }
    dropUnprovable();
    return flags.isEmpty()
        ? function
        : function.withBlocks(function.blocks().stream().map(this::flagged).toList());
  }

  /// Everything that a reservation's result flows into.
  private void findRecords() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block block : flow.order()) {
        for (Inst inst : block.insts()) {
          if (isReservation(inst)
              || (inst instanceof Inst.Refine refine && records.contains(refine.value()))) {
            changed |= inst.defined().map(records::add).orElse(false);
          }
        }
        for (Edge edge : block.terminator().edges()) {
          for (int i = 0; i < edge.arguments().size(); i++) {
            if (records.contains(edge.arguments().get(i))) {
              changed |= records.add(flow.block(edge.block()).parameters().get(i));
            }
          }
        }
      }
    }
  }

  /// Gives up on parameters that get an address of which it is not known whether it is null.
  private void dropUnprovable() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block block : flow.order()) {
        for (Edge edge : block.terminator().edges()) {
          List<Value> parameters = flow.block(edge.block()).parameters();
          for (int i = 0; i < parameters.size(); i++) {
            if (flags.containsKey(parameters.get(i))
                && state(edge.arguments().get(i), block, edge).isEmpty()) {
              flags.remove(parameters.get(i));
              changed = true;
            }
          }
        }
      }
    }
  }

  /// Whether an argument is there: always, never, or as the flag of a parameter says.
  private sealed interface State {
    record Known(boolean present) implements State {}

    record Flag(Value value) implements State {}
  }

  private Optional<State> state(Value argument, Block from, Edge edge) {
    Value value = definitions.unrefined(argument);
    Value flag = flags.get(value);
    if (definitions.isConstant(value, 0)) {
      return Optional.of(new State.Known(false));
    } else if (flag != null) {
      return Optional.of(new State.Flag(flag));
    }
    return isTested(value, from, edge) ? Optional.of(new State.Known(true)) : Optional.empty();
  }

  /// Whether a test on all ways to the edge found that the address is not null.
  private boolean isTested(Value value, Block from, Edge edge) {
    if (findsPresent(from.terminator(), value, edge)) {
      return true;
    }
    for (int id = from.id(); id != function.entry().id(); id = flow.immediateDominator(id)) {
      List<Integer> predecessors = flow.predecessors(id);
      if (predecessors.size() == 1) {
        Terminator end = flow.block(predecessors.getFirst()).terminator();
        for (Edge entry : end.edges()) {
          if (entry.block() == id && findsPresent(end, value, entry)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean findsPresent(Terminator end, Value value, Edge edge) {
    return end instanceof Terminator.Branch t
        && !t.then().equals(t.otherwise())
        && definitions.unrefined(t.left()).equals(value)
        && definitions.isConstant(t.right(), 0)
        && ((t.op() == CompareOp.NE && t.then().equals(edge))
            || (t.op() == CompareOp.EQ && t.otherwise().equals(edge)));
  }

  private Optional<Value> flagOf(CompareOp op, Value left, Value right) {
    boolean nullTest =
        (op == CompareOp.EQ || op == CompareOp.NE) && definitions.isConstant(right, 0);
    return nullTest
        ? Optional.ofNullable(flags.get(definitions.unrefined(left)))
        : Optional.empty();
  }

  private Block flagged(Block block) {
    List<Value> parameters = new ArrayList<>(block.parameters());
    block.parameters().stream()
        .flatMap(p -> Optional.ofNullable(flags.get(p)).stream())
        .forEach(parameters::add);
    List<Inst> insts = new ArrayList<>();
    for (Inst inst : block.insts()) {
      if (inst instanceof Inst.Compare test) {
        insts.add(
            flagOf(test.op(), test.left(), test.right())
                .<Inst>map(
                    flag ->
                        new Inst.Compare(
                            test.result(),
                            test.op(),
                            flag,
                            number(0, insts, test.origin()),
                            test.origin()))
                .orElse(test));
      } else {
        insts.add(inst);
      }
    }
    Terminator end = withFlags(block, insts);
    return new Block(block.id(), parameters, insts, end);
  }

  private Terminator withFlags(Block block, List<Inst> insts) {
    Origin at = block.terminator().origin();
    Map<Boolean, Value> known = new HashMap<>();
    Renaming edges =
        new Renaming() {
          @Override
          public Edge apply(Edge edge) {
            List<Value> arguments = new ArrayList<>(edge.arguments());
            List<Value> parameters = flow.block(edge.block()).parameters();
            for (int i = 0; i < parameters.size(); i++) {
              if (flags.containsKey(parameters.get(i))) {
                arguments.add(
                    switch (state(edge.arguments().get(i), block, edge).orElseThrow()) {
                      case State.Flag(Value flag) -> flag;
                      case State.Known(boolean present) ->
                          known.computeIfAbsent(present, p -> number(p ? 1 : 0, insts, at));
                    });
              }
            }
            return new Edge(edge.block(), arguments);
          }
        };
    Terminator end = edges.apply(block.terminator());
    if (end instanceof Terminator.Branch t) {
      Optional<Value> flag = flagOf(t.op(), t.left(), t.right());
      if (flag.isPresent()) {
        Value zero = known.computeIfAbsent(false, _ -> number(0, insts, at));
        return new Terminator.Branch(t.op(), flag.get(), zero, t.then(), t.otherwise(), at);
      }
    }
    return end;
  }

  private Value number(long number, List<Inst> insts, Origin at) {
    Value value = numbers.value(Type.I32);
    insts.add(new Inst.Const(value, number, at));
    return value;
  }
}
