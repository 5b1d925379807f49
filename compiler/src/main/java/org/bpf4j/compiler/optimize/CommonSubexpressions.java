package org.bpf4j.compiler.optimize;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bpf4j.compiler.analyze.Loops;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Value;

/// Computes nothing twice, and decides nothing twice: an instruction that a dominating one has done
/// already is replaced by its result, and a branch whose condition a dominating branch decided is a
/// jump.
///
/// Constants and addresses are cheaper to repeat than to keep, so they are merged within a block
/// only; nothing is kept alive into a loop for the sake of an addition. Addresses at a variable
/// distance are never merged: the verifier gives each its own bounds. Facts belong to their check,
/// and a [Inst.CoreConst] equals only itself.
final class CommonSubexpressions {
  private record Known(Value value, int block) {}

  private record Open(Block block, List<List<Object>> added, Deque<Block> children) {}

  private final Function function;
  private final ControlFlow flow;
  private final Loops loops;
  private final Definitions definitions;
  private final Substitution substitution = new Substitution();
  private final Map<List<Object>, Deque<Known>> table = new HashMap<>();
  private final Map<List<Object>, Deque<Boolean>> decided = new HashMap<>();
  private final Map<Integer, Block> result = new HashMap<>();

  static Function run(Function function) {
    return new CommonSubexpressions(Reachable.run(function)).merged();
  }

  private CommonSubexpressions(Function function) {
    this.function = function;
    this.flow = ControlFlow.of(function);
    this.loops = Loops.of(flow);
    this.definitions = Definitions.of(function);
  }

  private Function merged() {
    Deque<Open> path = new ArrayDeque<>();
    path.push(enter(function.entry()));
    while (!path.isEmpty()) {
      Open top = path.element();
      if (top.children.isEmpty()) {
        leave(path.pop());
      } else {
        path.push(enter(top.children.pop()));
      }
    }
    List<Block> blocks =
        function.blocks().stream().map(b -> result.getOrDefault(b.id(), b)).toList();
    return substitution.apply(function.withBlocks(blocks));
  }

  private Open enter(Block block) {
    List<List<Object>> added = new ArrayList<>();
    learnCondition(block, added);
    List<Inst> kept = new ArrayList<>();
    for (Inst inst : block.insts()) {
      Optional<List<Object>> key = key(inst, block);
      Optional<Value> known = key.flatMap(k -> find(k, block));
      if (known.isPresent() && inst.defined().isPresent()) {
        substitution.replace(inst.defined().get(), known.get());
      } else {
        kept.add(inst);
        if (key.isPresent() && inst.defined().isPresent()) {
          Known entry = new Known(inst.defined().get(), block.id());
          table.computeIfAbsent(key.get(), _ -> new ArrayDeque<>()).push(entry);
          added.add(key.get());
        }
      }
    }
    Terminator end = decide(block.terminator());
    result.put(block.id(), new Block(block.id(), block.parameters(), kept, end));
    return new Open(block, added, new ArrayDeque<>(flow.dominated(block.id())));
  }

  private void leave(Open open) {
    for (List<Object> key : open.added) {
      table.getOrDefault(key, new ArrayDeque<>()).poll();
      decided.getOrDefault(key, new ArrayDeque<>()).poll();
    }
  }

  private Optional<Value> find(List<Object> key, Block block) {
    Known known = table.getOrDefault(key, new ArrayDeque<>()).peek();
    return known != null && loops.together(known.block, block.id())
        ? Optional.of(known.value)
        : Optional.empty();
  }

  /// What makes two instructions the same; cheap ones are the same in one block only.
  private Optional<List<Object>> key(Inst inst, Block block) {
    return switch (inst) {
      case Inst.Const i -> Optional.of(List.of(block.id(), i.value(), i.result().type()));
      case Inst.StackAddress i ->
          i.fresh() ? Optional.empty() : Optional.of(List.of(block.id(), "stack", i.slot()));
      case Inst.MapAddress i -> Optional.of(List.of(block.id(), "map", i.map()));
      case Inst.GlobalAddress i ->
          Optional.of(List.of(block.id(), "global", i.section(), i.offset()));
      case Inst.FunctionAddress i -> Optional.of(List.of(block.id(), "function", i.function()));
      case Inst.KernelAddress i ->
          Optional.of(List.of(block.id(), "kernel", i.symbol(), i.weak(), i.type()));
      case Inst.Binary i ->
          Optional.of(List.of(i.op(), i.result().type(), operand(i.left()), operand(i.right())));
      case Inst.Unary i -> Optional.of(List.of(i.op(), i.result().type(), operand(i.operand())));
      case Inst.Compare i -> Optional.of(List.of(i.op(), operand(i.left()), operand(i.right())));
      case Inst.PtrAdd i ->
          definitions.constant(i.offset()).isPresent()
              ? Optional.of(List.of("ptradd", operand(i.base()), operand(i.offset())))
              : Optional.empty();
      case Inst.Refine _,
          Inst.Load _,
          Inst.Store _,
          Inst.Zero _,
          Inst.Copy _,
          Inst.Atomic _,
          Inst.CallKernel _,
          Inst.CallFunction _,
          Inst.CoreConst _ ->
          Optional.empty();
    };
  }

  /// Equal for equal values: constants by their number.
  private Object operand(Value value) {
    Value resolved = substitution.resolve(value);
    OptionalLong constant = definitions.constant(resolved);
    return constant.isPresent() ? List.of(constant.getAsLong(), resolved.type()) : resolved;
  }

  private List<Object> condition(CompareOp op, Value left, Value right) {
    return List.of("if", op, operand(left), operand(right));
  }

  /// A block that only one side of a branch leads to knows the branch's condition.
  private void learnCondition(Block block, List<List<Object>> added) {
    List<Integer> predecessors = flow.predecessors(block.id());
    if (predecessors.size() == 1
        && flow.block(predecessors.getFirst()).terminator() instanceof Terminator.Branch branch) {
      boolean holds = branch.then().block() == block.id();
      learn(condition(branch.op(), branch.left(), branch.right()), holds, added);
      learn(condition(branch.op().negated(), branch.left(), branch.right()), !holds, added);
    }
  }

  private void learn(List<Object> condition, boolean holds, List<List<Object>> added) {
    decided.computeIfAbsent(condition, _ -> new ArrayDeque<>()).push(holds);
    added.add(condition);
  }

  private Terminator decide(Terminator end) {
    if (end instanceof Terminator.Branch t) {
      Boolean holds =
          decided.getOrDefault(condition(t.op(), t.left(), t.right()), new ArrayDeque<>()).peek();
      if (holds != null) {
        return new Terminator.Jump(holds ? t.then() : t.otherwise(), t.origin());
      }
    }
    return end;
  }
}
