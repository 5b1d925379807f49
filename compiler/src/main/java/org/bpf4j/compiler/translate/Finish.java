package org.bpf4j.compiler.translate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Function.StackSlot;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Renaming;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.jspecify.annotations.Nullable;

/// Makes a [Function] of drafts: drops blocks that nothing reaches and parameters that receive one
/// value only, then numbers what is left in reverse post-order.
final class Finish {
  private final List<Draft> order;
  private final Map<Value, Value> replaced = new HashMap<>();

  Finish(Draft entry) {
    order = reversePostOrder(entry);
    Set<Draft> alive = Collections.newSetFromMap(new IdentityHashMap<>());
    alive.addAll(order);
    for (Draft draft : order) {
      draft.arrivals().removeIf(arc -> !alive.contains(arc.from()));
    }
    removeTrivialParameters();
  }

  private static List<Draft> reversePostOrder(Draft entry) {
    Set<Draft> seen = new LinkedHashSet<>();
    Deque<Draft> path = new ArrayDeque<>();
    IdentityHashMap<Draft, Iterator<Draft.Arc>> left = new IdentityHashMap<>();
    List<Draft> order = new ArrayList<>();
    seen.add(entry);
    path.push(entry);
    while (!path.isEmpty()) {
      Draft draft = path.peek();
      Iterator<Draft.Arc> arcs =
          left.computeIfAbsent(draft, d -> d.departures().reversed().iterator());
      if (!arcs.hasNext()) {
        order.add(path.pop());
        continue;
      }
      Draft next = arcs.next().to();
      if (seen.add(next)) {
        path.push(next);
      }
    }
    return order.reversed();
  }

  /// Repeats until nothing changes: a parameter that is trivial in an outer loop makes one of an
  /// inner loop trivial.
  private void removeTrivialParameters() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Draft draft : order) {
        changed |=
            draft != order.getFirst() && draft.parameters().removeIf(p -> isTrivial(draft, p));
      }
    }
  }

  private boolean isTrivial(Draft draft, Value parameter) {
    Optional<Value> only = Optional.empty();
    for (Draft.Arc arc : draft.arrivals()) {
      Value argument = resolve(known(arc.arguments().get(parameter), "an argument"));
      if (argument.equals(parameter)) {
        continue;
      }
      if (only.isPresent() && !only.get().equals(argument)) {
        return false;
      }
      only = Optional.of(argument);
    }
    replaced.put(
        parameter,
        only.orElseThrow(() -> new CompilerBug(parameter + " receives nothing but itself")));
    return true;
  }

  private Value resolve(Value value) {
    Value at = value;
    for (Value next = replaced.get(at); next != null; next = replaced.get(at)) {
      at = next;
    }
    return at;
  }

  Function function(
      String name,
      Function.Role role,
      Optional<Type> result,
      List<StackSlot> slots,
      Map<Value, Region> given,
      Span span) {
    Numbering numbering = new Numbering();
    for (Draft draft : order) {
      numbering.blocks.put(draft.number(), numbering.blocks.size());
      draft.parameters().forEach(numbering::number);
      draft.insts().forEach(inst -> inst.defined().ifPresent(numbering::number));
    }
    List<Block> blocks = new ArrayList<>();
    for (Draft draft : order) {
      Block block = new Block(draft.number(), draft.parameters(), draft.insts(), terminator(draft));
      blocks.add(numbering.apply(block));
    }
    Map<Value, Region> regions = new HashMap<>();
    given.forEach(
        (value, region) -> {
          if (numbering.values.containsKey(value)) {
            regions.put(numbering.define(value), region);
          }
        });
    return Regions.fill(new Function(name, role, result, blocks, slots, span), regions);
  }

  private static Terminator terminator(Draft draft) {
    List<Edge> edges = draft.departures().stream().map(Finish::edge).toList();
    return switch (draft.terminator()) {
      case Terminator.Jump t -> new Terminator.Jump(edges.getFirst(), t.origin());
      case Terminator.Branch t ->
          new Terminator.Branch(
              t.op(), t.left(), t.right(), edges.getFirst(), edges.getLast(), t.origin());
      case Terminator.Again t ->
          new Terminator.Again(t.form(), edges.getFirst(), edges.getLast(), t.origin());
      case Terminator.Return t -> t;
      case Terminator.Abort t -> t;
    };
  }

  private static Edge edge(Draft.Arc arc) {
    List<Value> arguments = new ArrayList<>();
    for (Value parameter : arc.to().parameters()) {
      arguments.add(known(arc.arguments().get(parameter), "an argument"));
    }
    return new Edge(arc.to().number(), arguments);
  }

  private static <T> T known(@Nullable T found, String what) {
    if (found == null) {
      throw new CompilerBug(what + " is missing");
    }
    return found;
  }

  /// New numbers in the order of definition, and what stands for a removed parameter.
  private final class Numbering implements Renaming {
    private final Map<Value, Value> values = new HashMap<>();
    private final Map<Integer, Integer> blocks = new HashMap<>();

    private void number(Value value) {
      if (values.put(value, new Value(values.size(), value.type())) != null) {
        throw new CompilerBug(value + " is defined twice");
      }
    }

    @Override
    public Value use(Value value) {
      return define(resolve(value));
    }

    @Override
    public Value define(Value value) {
      return known(values.get(value), "the definition of " + value);
    }

    @Override
    public int block(int block) {
      return known(blocks.get(block), "block " + block);
    }
  }
}
