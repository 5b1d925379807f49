package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.PacketSlices;

/// Finds uses of references that died: packet views after the packet may have moved, and references
/// to map values after their map changed.
///
/// A call that invalidates kills all such references that exist; a new definition of a value lives.
/// Array maps update in place, so only keyed maps count.
final class References {
  private static final String PACKET = "";

  private final Function function;
  private final Effects effects;
  private final Set<String> keyedMaps;
  private final Advice advice;
  private final Sources sources;
  private final Definitions definitions;
  private final ControlFlow flow;
  private final Map<String, List<Value>> references = new HashMap<>();
  private final Map<Value, String> given = new HashMap<>();
  private final Map<Integer, Map<Value, Origin>> deadAtEnd = new HashMap<>();
  private final List<Diagnostic> found = new ArrayList<>();

  static List<Diagnostic> check(
      Function function, Effects effects, Set<String> keyedMaps, Advice advice) {
    return new References(function, effects, keyedMaps, advice).found();
  }

  private References(Function function, Effects effects, Set<String> keyedMaps, Advice advice) {
    this.function = function;
    this.effects = effects;
    this.keyedMaps = keyedMaps;
    this.advice = advice;
    this.definitions = Definitions.of(function);
    this.sources = new Sources(function, definitions);
    this.flow = ControlFlow.of(function);
  }

  private List<Diagnostic> found() {
    boolean invalidates =
        function.blocks().stream()
            .flatMap(block -> block.insts().stream())
            .map(inst -> effects.of(inst, sources))
            .anyMatch(summary -> !summary.equals(Effects.Summary.NONE));
    if (invalidates) {
      classify();
      solve();
      for (Block block : flow.order()) {
        walk(block, true);
      }
    }
    return found;
  }

  /// Sorts the addresses by what they refer to: the packet, or values of a keyed map.
  private void classify() {
    classifyArguments();
    for (Block block : flow.order()) {
      List<Value> defined = new ArrayList<>(block.parameters());
      block.insts().forEach(inst -> inst.defined().ifPresent(defined::add));
      for (Value value : defined) {
        if (value.type() == Type.PTR) {
          for (Value source : sources.of(value)) {
            targets(source)
                .forEach(t -> references.computeIfAbsent(t, _ -> new ArrayList<>()).add(value));
          }
        }
      }
    }
  }

  /// A callback gets references in its parameters and captures: what they are is told by the
  /// accesses that use them.
  private void classifyArguments() {
    if (!function.role().isCalledBack()) {
      return;
    }
    for (Block block : flow.order()) {
      for (Inst inst : block.insts()) {
        switch (inst) {
          case Inst.Load i -> classify(i.base(), i.region());
          case Inst.Store i -> classify(i.base(), i.region());
          case Inst.Zero i -> classify(i.base(), i.region());
          case Inst.Atomic i -> classify(i.base(), i.region());
          case Inst.Copy i -> {
            classify(i.to(), i.toRegion());
            classify(i.from(), i.fromRegion());
          }
          default -> {}
        }
      }
    }
  }

  private void classify(Value base, Region region) {
    Optional<String> target =
        switch (region.kind()) {
          case PACKET -> Optional.of(PACKET);
          case MAP -> Optional.of(region.name()).filter(keyedMaps::contains);
          case STACK, GLOBAL, RING, CONTEXT, KERNEL, ARENA, OBJECT, CAPTURED, ANY ->
              Optional.empty();
        };
    target.ifPresent(t -> sources.of(base).forEach(source -> given.put(source, t)));
  }

  private Stream<String> targets(Value source) {
    String known = given.get(source);
    if (known != null) {
      return Stream.of(known);
    }
    return switch (definitions.of(source).orElse(null)) {
      case Inst.Load load when load.region().equals(Region.CONTEXT) -> Stream.of(PACKET);
      case Inst.CallKernel call when PacketSlices.give(call.function()) -> Stream.of(PACKET);
      case Inst.CallKernel call when call.function().givesMapValue() ->
          sources.mapsOf(call).stream().filter(keyedMaps::contains);
      case null, default -> Stream.empty();
    };
  }

  private void solve() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block block : flow.order()) {
        Map<Value, Origin> end = walk(block, false);
        changed |= !end.equals(deadAtEnd.put(block.id(), end));
      }
    }
  }

  private Map<Value, Origin> walk(Block block, boolean report) {
    Map<Value, Origin> dead = deadAtStart(block);
    for (Inst inst : block.insts()) {
      if (report) {
        check(inst, dead);
      }
      kill(inst, dead);
      inst.defined().ifPresent(dead::remove);
      derive(inst, dead);
      captured(inst, dead);
    }
    return dead;
  }

  private Map<Value, Origin> deadAtStart(Block block) {
    Map<Value, Origin> dead = new HashMap<>();
    for (int predecessor : flow.predecessors(block.id())) {
      Map<Value, Origin> before = deadAtEnd.getOrDefault(predecessor, Map.of());
      before.forEach(dead::putIfAbsent);
    }
    Set<Value> alive = new HashSet<>(block.parameters());
    for (int predecessor : flow.predecessors(block.id())) {
      Map<Value, Origin> before = deadAtEnd.getOrDefault(predecessor, Map.of());
      for (Edge edge : flow.block(predecessor).terminator().edges()) {
        for (int i = 0; edge.block() == block.id() && i < edge.arguments().size(); i++) {
          Origin killer = before.get(edge.arguments().get(i));
          if (killer != null) {
            dead.put(block.parameters().get(i), killer);
            alive.remove(block.parameters().get(i));
          }
        }
      }
    }
    alive.forEach(dead::remove);
    return dead;
  }

  private void kill(Inst inst, Map<Value, Origin> dead) {
    Effects.Summary summary = effects.of(inst, sources);
    if (summary.movesPacket()) {
      references.getOrDefault(PACKET, List.of()).forEach(v -> dead.putIfAbsent(v, inst.origin()));
    }
    for (String map : summary.changes()) {
      references.getOrDefault(map, List.of()).forEach(v -> dead.putIfAbsent(v, inst.origin()));
    }
  }

  /// A callback is called again: what it captured is dead if any of its calls invalidates it.
  private void captured(Inst inst, Map<Value, Origin> dead) {
    if (inst instanceof Inst.Load load
        && load.region().equals(Region.CAPTURED)
        && given.containsKey(load.result())) {
      for (Block block : flow.order()) {
        for (Inst killer : block.insts()) {
          Effects.Summary summary = effects.of(killer, sources);
          String target = given.get(load.result());
          if (PACKET.equals(target) ? summary.movesPacket() : summary.changes().contains(target)) {
            dead.put(load.result(), killer.origin());
          }
        }
      }
    }
  }

  /// What is made of a dead address is dead.
  private static void derive(Inst inst, Map<Value, Origin> dead) {
    Value base;
    Value result;
    switch (inst) {
      case Inst.Refine r -> {
        base = r.value();
        result = r.result();
      }
      case Inst.PtrAdd p -> {
        base = p.base();
        result = p.result();
      }
      default -> {
        return;
      }
    }
    Origin killer = dead.get(base);
    if (killer != null) {
      dead.put(result, killer);
    }
  }

  private void check(Inst inst, Map<Value, Origin> dead) {
    List<Value> bases =
        switch (inst) {
          case Inst.Load i -> List.of(i.base());
          case Inst.Store i -> List.of(i.base());
          case Inst.Zero i -> List.of(i.base());
          case Inst.Copy i -> List.of(i.to(), i.from());
          case Inst.Atomic i -> List.of(i.base());
          case Inst.CallKernel i -> i.arguments();
          default -> List.of();
        };
    for (Value base : bases) {
      Origin killer = dead.get(base);
      if (killer != null) {
        found.add(diagnostic(inst, base, killer));
      }
    }
  }

  private Diagnostic diagnostic(Inst use, Value base, Origin killer) {
    String name = sources.subjectOf(base).orElse("the reference");
    List<String> notes = List.of("by the call at " + killer.span());
    boolean packet = references.getOrDefault(PACKET, List.of()).contains(base);
    return packet
        ? advice.error(
            Code.BPF2005,
            use.origin(),
            "`" + name + "` is used after the packet may have moved",
            notes,
            "get the view again behind that call and check it for null")
        : advice.error(
            Code.BPF2006,
            use.origin(),
            "`" + name + "` refers to a map value and is used after that map changed",
            notes,
            "get it again behind that call, or use it before");
  }
}
