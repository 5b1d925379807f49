package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// What is known at each place, for each state of an automaton that walks along the paths.
///
/// Paths that meet in the same state are merged and keep what both know; paths in different states
/// are kept apart. With a single state this is plain data flow; with a state for each stage of an
/// object's life, a test of the object's address selects the right stage.
final class PathFacts<S> {

  /// What walks along the paths.
  interface Automaton<S> {
    /// The state in which the function begins.
    S start();

    /// Whether it matters if the number, which is no flag, is zero.
    boolean follows(Value number);

    /// Passes an instruction: hands the new state, and what is known in it, to `then`, once or
    /// more. `known` may be changed and handed on.
    void step(Inst inst, S state, Knowledge known, BiConsumer<S, Knowledge> then);
  }

  /// Sees each place with its states, after all is known.
  interface Visitor<S> {
    /// In front of an instruction.
    void before(Block block, Inst inst, Map<S, Knowledge> states);

    /// In front of a terminator.
    void before(Block block, Terminator end, Map<S, Knowledge> states);
  }

  /// How often a block's beginning may come to be known differently. What a flag implies that each
  /// round negates would change for ever; from then on knowledge only gets less.
  private static final int PATIENCE = 64;

  private record Arrival<S>(Edge edge, S state, Knowledge known) {}

  private final ControlFlow flow;
  private final Automaton<S> automaton;
  private final Knowledge.Scope scope;
  private final Map<Integer, BitSet> available = new HashMap<>();
  private final Map<Integer, Map<S, Knowledge>> starts = new HashMap<>();
  private final Map<Integer, List<Arrival<S>>> leaving = new HashMap<>();
  private final Map<Integer, Integer> visits = new HashMap<>();

  PathFacts(Function function, Automaton<S> automaton) {
    this.flow = ControlFlow.of(function);
    this.automaton = automaton;
    Definitions definitions = Definitions.of(function);
    this.scope =
        new Knowledge.Scope(definitions, new Bits(function, definitions), automaton::follows);
    findAvailable();
    solve(function);
  }

  /// The values that dominate each block's instructions, its parameters included.
  private void findAvailable() {
    for (Block block : flow.order()) {
      BitSet ids = new BitSet();
      if (!block.equals(flow.order().getFirst())) {
        Block upper = flow.block(flow.immediateDominator(block.id()));
        ids.or(available.getOrDefault(upper.id(), ids));
        upper.insts().forEach(inst -> inst.defined().ifPresent(v -> ids.set(v.id())));
      }
      block.parameters().forEach(v -> ids.set(v.id()));
      available.put(block.id(), ids);
    }
  }

  private void solve(Function function) {
    Knowledge first = new Knowledge(scope);
    // A global function is verified on its own, with addresses that may be null: it tests them.
    if (function.role() != Function.Role.GLOBAL) {
      function.entry().parameters().stream()
          .filter(p -> p.type() == Type.PTR)
          .forEach(p -> first.assume(p, true));
    }
    starts.put(function.entry().id(), new LinkedHashMap<>(Map.of(automaton.start(), first)));
    leave(function.entry());
    Set<Integer> outdated = new HashSet<>();
    flow.order().stream().skip(1).forEach(block -> outdated.add(block.id()));
    while (!outdated.isEmpty()) {
      for (Block block : flow.order().subList(1, flow.order().size())) {
        if (outdated.remove(block.id())) {
          Map<S, Knowledge> start = arrive(block);
          if (visits.merge(block.id(), 1, Integer::sum) > PATIENCE) {
            starts.getOrDefault(block.id(), Map.of()).forEach((s, k) -> forget(start, s, k));
          }
          if (!start.equals(starts.put(block.id(), start))) {
            leave(block);
            block.terminator().edges().forEach(edge -> outdated.add(edge.block()));
          }
        }
      }
    }
  }

  /// Keeps of what is known in a state only what was known before, too.
  private static <S> void forget(Map<S, Knowledge> start, S state, Knowledge before) {
    Knowledge known = start.get(state);
    if (known == null) {
      start.put(state, before);
    } else {
      known.intersect(before);
    }
  }

  private Map<S, Knowledge> arrive(Block block) {
    Map<S, List<Arrival<S>>> byState = new LinkedHashMap<>();
    for (int predecessor : flow.predecessors(block.id()).stream().distinct().toList()) {
      for (Arrival<S> arrival : leaving.getOrDefault(predecessor, List.of())) {
        if (arrival.edge.block() == block.id()) {
          byState.computeIfAbsent(arrival.state, _ -> new ArrayList<>()).add(arrival);
        }
      }
    }
    Map<S, Knowledge> start = new LinkedHashMap<>();
    byState.forEach((state, arrivals) -> start.put(state, merged(block, arrivals)));
    return start;
  }

  private Knowledge merged(Block block, List<Arrival<S>> arrivals) {
    Knowledge merged =
        arrivals.stream()
            .map(a -> entered(block, a.edge, a.known.copy()))
            .reduce(
                (a, b) -> {
                  a.intersect(b);
                  return a;
                })
            .orElseThrow();
    for (int i = 0; i < block.parameters().size(); i++) {
      Value parameter = block.parameters().get(i);
      if (parameter.type() == Type.PTR || scope.bits().contains(parameter)) {
        merged.imply(
            parameter, supposing(block, arrivals, i, false), supposing(block, arrivals, i, true));
      }
    }
    return merged;
  }

  /// What all arrivals know whose argument at that place may be (not) zero, supposing it is.
  private Knowledge supposing(Block block, List<Arrival<S>> arrivals, int place, boolean nonZero) {
    Optional<Knowledge> common = Optional.empty();
    for (Arrival<S> arrival : arrivals) {
      Knowledge known = arrival.known.copy();
      known.assume(arrival.edge.arguments().get(place), nonZero);
      if (!known.isContradictory()) {
        Knowledge entered = entered(block, arrival.edge, known);
        common.ifPresent(entered::intersect);
        common = Optional.of(entered);
      }
    }
    return common.orElseGet(() -> new Knowledge(scope));
  }

  /// What is known behind the edge: of the parameters, what was known of the arguments.
  private Knowledge entered(Block block, Edge edge, Knowledge known) {
    List<Value> zero = new ArrayList<>();
    List<Value> nonZero = new ArrayList<>();
    for (int i = 0; i < block.parameters().size(); i++) {
      Value argument = edge.arguments().get(i);
      if (known.knows(argument, true)) {
        nonZero.add(block.parameters().get(i));
      } else if (known.knows(argument, false)) {
        zero.add(block.parameters().get(i));
      }
    }
    block.parameters().forEach(known::forget);
    known.retain(available.getOrDefault(block.id(), new BitSet()));
    zero.forEach(p -> known.note(p, false));
    nonZero.forEach(p -> known.note(p, true));
    return known;
  }

  private void leave(Block block) {
    Map<S, Knowledge> states = startOf(block);
    for (Inst inst : block.insts()) {
      states = step(inst, states);
    }
    List<Arrival<S>> arrivals = new ArrayList<>();
    states.forEach((state, known) -> leave(block.terminator(), state, known, arrivals));
    leaving.put(block.id(), arrivals);
  }

  private void leave(Terminator end, S state, Knowledge known, List<Arrival<S>> arrivals) {
    switch (end) {
      case Terminator.Branch t -> {
        Knowledge holds = known.copy();
        holds.assume(t.op(), t.left(), t.right(), true);
        if (!holds.isContradictory()) {
          arrivals.add(new Arrival<>(t.then(), state, holds));
        }
        known.assume(t.op(), t.left(), t.right(), false);
        if (!known.isContradictory()) {
          arrivals.add(new Arrival<>(t.otherwise(), state, known));
        }
      }
      case Terminator.Jump _, Terminator.Again _, Terminator.Return _, Terminator.Abort _ ->
          end.edges().forEach(edge -> arrivals.add(new Arrival<>(edge, state, known)));
    }
  }

  private Map<S, Knowledge> startOf(Block block) {
    Map<S, Knowledge> states = new LinkedHashMap<>();
    starts.getOrDefault(block.id(), Map.of()).forEach((s, k) -> states.put(s, k.copy()));
    return states;
  }

  private Map<S, Knowledge> step(Inst inst, Map<S, Knowledge> states) {
    Map<S, Knowledge> next = new LinkedHashMap<>();
    states.forEach(
        (state, known) ->
            automaton.step(
                inst,
                state,
                known,
                (s, k) ->
                    next.merge(
                        s,
                        k,
                        (a, b) -> {
                          a.intersect(b);
                          return a;
                        })));
    return next;
  }

  /// The way that a branch goes, if no path goes the other.
  Optional<Edge> onlyWay(Block block) {
    List<Edge> taken =
        leaving.getOrDefault(block.id(), List.of()).stream().map(Arrival::edge).distinct().toList();
    return block.terminator() instanceof Terminator.Branch && taken.size() == 1
        ? Optional.of(taken.getFirst())
        : Optional.empty();
  }

  /// Shows every place that is reached, in order.
  void visit(Visitor<S> visitor) {
    for (Block block : flow.order()) {
      Map<S, Knowledge> states = startOf(block);
      if (states.isEmpty()) {
        continue;
      }
      for (Inst inst : block.insts()) {
        visitor.before(block, inst, states);
        states = step(inst, states);
      }
      visitor.before(block, block.terminator(), states);
    }
  }
}
