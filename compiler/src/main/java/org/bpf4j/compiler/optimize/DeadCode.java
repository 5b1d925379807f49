package org.bpf4j.compiler.optimize;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Renaming;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Value;

/// Removes what no effect and no decision needs: instructions, parameters, the results of atomic
/// operations and calls, and blocks that are never reached.
///
/// A load is no effect. A call is one, even of a helper that only answers.
final class DeadCode {
  private final Function function;
  private final Definitions definitions;
  private final Map<Value, List<Value>> passed = new HashMap<>();
  private final Set<Value> needed = new HashSet<>();
  private final Deque<Value> work = new ArrayDeque<>();

  static Function run(Function function) {
    return new DeadCode(Reachable.run(function)).swept();
  }

  private DeadCode(Function function) {
    this.function = function;
    this.definitions = Definitions.of(function);
    Map<Integer, Block> blocks = new HashMap<>();
    function.blocks().forEach(block -> blocks.put(block.id(), block));
    for (Block block : function.blocks()) {
      for (Edge edge : block.terminator().edges()) {
        List<Value> parameters = blocks.getOrDefault(edge.block(), block).parameters();
        for (int i = 0; i < parameters.size(); i++) {
          passed
              .computeIfAbsent(parameters.get(i), _ -> new ArrayList<>())
              .add(edge.arguments().get(i));
        }
      }
    }
  }

  private Function swept() {
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (isEffect(inst)) {
          inst.operands().forEach(this::need);
        }
      }
      decisions(block.terminator()).forEach(this::need);
    }
    while (!work.isEmpty()) {
      Value value = work.pop();
      definitions.of(value).ifPresent(inst -> inst.operands().forEach(this::need));
      passed.getOrDefault(value, List.of()).forEach(this::need);
    }
    Substitution drops = new Substitution();
    for (Block block : function.blocks().subList(1, function.blocks().size())) {
      block.parameters().stream().filter(p -> !needed.contains(p)).forEach(drops::drop);
    }
    List<Block> blocks = function.blocks().stream().map(this::swept).toList();
    return withoutUnusedSlots(drops.apply(function.withBlocks(blocks)));
  }

  private static Function withoutUnusedSlots(Function function) {
    if (function.slots().isEmpty()) {
      return function;
    }
    Set<Integer> used = new HashSet<>();
    Renaming finder =
        new Renaming() {
          @Override
          public int slot(int slot) {
            used.add(slot);
            return slot;
          }
        };
    function.blocks().forEach(finder::apply);
    return new Function(
        function.name(),
        function.role(),
        function.result(),
        function.blocks(),
        function.slots().stream().filter(slot -> used.contains(slot.id())).toList(),
        function.span());
  }

  private void need(Value value) {
    if (needed.add(value)) {
      work.push(value);
    }
  }

  static boolean isEffect(Inst inst) {
    return switch (inst) {
      case Inst.Load load -> load.kept();
      case Inst.Store _,
          Inst.Zero _,
          Inst.Copy _,
          Inst.Atomic _,
          Inst.CallKernel _,
          Inst.CallFunction _ ->
          true;
      case Inst.Const _,
          Inst.Binary _,
          Inst.Unary _,
          Inst.Compare _,
          Inst.Refine _,
          Inst.StackAddress _,
          Inst.MapAddress _,
          Inst.GlobalAddress _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.PtrAdd _,
          Inst.CoreConst _ ->
          false;
    };
  }

  private static List<Value> decisions(Terminator terminator) {
    return switch (terminator) {
      case Terminator.Branch t -> List.of(t.left(), t.right());
      case Terminator.Return t -> t.value().map(List::of).orElse(List.of());
      case Terminator.Jump _, Terminator.Again _, Terminator.Abort _ -> List.of();
    };
  }

  private Block swept(Block block) {
    List<Inst> kept = new ArrayList<>();
    for (Inst inst : block.insts()) {
      boolean used = inst.defined().map(needed::contains).orElse(true);
      if (used) {
        kept.add(inst);
      } else if (isEffect(inst)) {
        kept.add(withoutResult(inst));
      }
    }
    return new Block(block.id(), block.parameters(), kept, block.terminator());
  }

  /// The effect alone. Exchanges always fetch, so they keep their result.
  private static Inst withoutResult(Inst inst) {
    return switch (inst) {
      case Inst.Atomic i when i.op() != Inst.AtomicOp.XCHG && i.op() != Inst.AtomicOp.CMPXCHG ->
          new Inst.Atomic(
              Optional.empty(),
              i.op(),
              i.size(),
              i.base(),
              i.offset(),
              i.operand(),
              i.expected(),
              i.region(),
              i.origin());
      case Inst.CallKernel i ->
          new Inst.CallKernel(Optional.empty(), i.function(), i.arguments(), i.origin());
      case Inst.CallFunction i ->
          new Inst.CallFunction(Optional.empty(), i.function(), i.arguments(), i.origin());
      default -> inst;
    };
  }
}
