package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bpf4j.compiler.ssa.Arithmetic;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Renaming;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Value;

/// Sends an edge past a block that only decides what is known on that edge.
///
/// A view is a pair of a flag and an address that two paths join to; its null test behind the join
/// asks which path was taken. Threading makes the bounds check itself that test, and the pair
/// disappears. The block is copied for each such edge, without its decision, so only short blocks
/// of free arithmetic are threaded; loop headers never are.
final class JumpThreading {
  /// The instructions of a block that may be copied: a compare, a negation and their constants.
  private static final int LIMIT = 6;

  private final Function function;
  private final Definitions definitions;
  private final ControlFlow flow;
  private final Numbers numbers;
  private final List<Block> copies = new ArrayList<>();
  private final Map<Integer, Integer> copiedFrom = new HashMap<>();
  private final Map<Integer, Map<Value, Value>> namesIn = new HashMap<>();

  static Function run(Function function) {
    return new JumpThreading(Reachable.run(function)).threaded();
  }

  private JumpThreading(Function function) {
    this.function = function;
    this.definitions = Definitions.of(function);
    this.flow = ControlFlow.of(function);
    this.numbers = Numbers.after(function);
  }

  private Function threaded() {
    List<Block> blocks = new ArrayList<>();
    for (Block block : function.blocks()) {
      blocks.add(redirected(block));
    }
    blocks.addAll(copies);
    return copies.isEmpty() ? function : repaired(Reachable.run(function.withBlocks(blocks)));
  }

  private Block redirected(Block block) {
    Renaming edges =
        new Renaming() {
          @Override
          public Edge apply(Edge edge) {
            return thread(block, edge).orElse(edge);
          }
        };
    return new Block(
        block.id(), block.parameters(), block.insts(), edges.apply(block.terminator()));
  }

  /// The edge to a copy of its target that goes straight on, if the target's decision is known.
  private Optional<Edge> thread(Block source, Edge edge) {
    Block target = flow.block(edge.block());
    if (!(target.terminator() instanceof Terminator.Branch branch) || !isThreadable(target)) {
      return Optional.empty();
    }
    Map<Value, Value> passed = new HashMap<>();
    for (int i = 0; i < target.parameters().size(); i++) {
      passed.put(target.parameters().get(i), edge.arguments().get(i));
    }
    Optional<Boolean> outcome = new Known(source, edge, target, passed).outcome(branch);
    return outcome.map(holds -> copy(target, edge, holds ? branch.then() : branch.otherwise()));
  }

  private boolean isThreadable(Block block) {
    return block.insts().size() <= LIMIT
        && block.insts().stream().allMatch(JumpThreading::isFree)
        && flow.predecessors(block.id()).size() > 1
        && flow.predecessors(block.id()).stream().noneMatch(p -> flow.isBackEdge(p, block.id()));
  }

  private static boolean isFree(Inst inst) {
    return switch (inst) {
      case Inst.Const _, Inst.Compare _, Inst.Unary _, Inst.Binary _ -> true;
      case Inst.StackAddress i -> !i.fresh();
      case Inst.MapAddress _, Inst.GlobalAddress _ -> true;
      case Inst.Refine _,
          Inst.Load _,
          Inst.Store _,
          Inst.Zero _,
          Inst.Copy _,
          Inst.Atomic _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.PtrAdd _,
          Inst.CallKernel _,
          Inst.CallFunction _,
          Inst.CoreConst _ ->
          false;
    };
  }

  /// The edge to a copy of its target, with parameters of its own, that goes on with `taken`.
  private Edge copy(Block target, Edge edge, Edge taken) {
    Map<Value, Value> names = new HashMap<>();
    Renaming renaming =
        new Renaming() {
          @Override
          public Value use(Value value) {
            return names.getOrDefault(value, value);
          }

          @Override
          public Value define(Value value) {
            Value fresh = numbers.value(value.type());
            names.put(value, fresh);
            return fresh;
          }
        };
    Block straight =
        new Block(
            target.id(),
            target.parameters(),
            target.insts(),
            new Terminator.Jump(taken, target.terminator().origin()));
    Block copy = renaming.apply(straight);
    int id = numbers.block();
    copies.add(new Block(id, copy.parameters(), copy.insts(), copy.terminator()));
    copiedFrom.put(id, target.id());
    namesIn.put(id, names);
    return new Edge(id, edge.arguments());
  }

  /// Values of a copied block have several definitions now: finds the right one for each use.
  private Function repaired(Function changed) {
    Map<Value, Integer> home = new HashMap<>();
    for (int id : Set.copyOf(copiedFrom.values())) {
      Block original = flow.block(id);
      original.parameters().forEach(v -> home.put(v, id));
      original.insts().forEach(inst -> inst.defined().ifPresent(v -> home.put(v, id)));
    }
    Reaching<Value> reaching = new Reaching<>(ControlFlow.of(changed), numbers);
    home.forEach((value, id) -> reaching.define(value, id, value));
    namesIn.forEach(
        (copy, names) ->
            names.forEach(
                (value, name) -> {
                  if (home.containsKey(value)) {
                    reaching.define(value, copy, name);
                  }
                }));
    List<Block> blocks = new ArrayList<>();
    for (Block block : changed.blocks()) {
      blocks.add(
          Renaming.ofUses(
                  value -> {
                    Integer id = home.get(value);
                    boolean own = id == null || id == block.id();
                    return own ? value : reaching.atStart(value, block.id());
                  })
              .apply(block));
    }
    return reaching.complete(changed.withBlocks(blocks));
  }

  /// What is known of a block's values when it is entered by one edge.
  private final class Known {
    private final Block source;
    private final Edge edge;
    private final Map<Value, Value> passed;
    private final Map<Value, Long> numbersHere = new HashMap<>();

    Known(Block source, Edge edge, Block target, Map<Value, Value> passed) {
      this.source = source;
      this.edge = edge;
      this.passed = passed;
      for (Inst inst : target.insts()) {
        OptionalLong number = compute(inst);
        if (number.isPresent()) {
          inst.defined().ifPresent(value -> numbersHere.put(value, number.getAsLong()));
        }
      }
    }

    Optional<Boolean> outcome(Terminator.Branch branch) {
      OptionalLong left = number(branch.left());
      OptionalLong right = number(branch.right());
      if (left.isPresent() && right.isPresent()) {
        return Optional.of(Arithmetic.compare(branch.op(), left.getAsLong(), right.getAsLong()));
      }
      return decidedBefore(branch);
    }

    /// The same condition may be the one that led here.
    private Optional<Boolean> decidedBefore(Terminator.Branch branch) {
      Set<Integer> targets = new HashSet<>();
      if (source.terminator() instanceof Terminator.Branch before
          && before.edges().stream().allMatch(e -> targets.add(e.block()))
          && sameSides(before, branch)) {
        boolean held = before.then().equals(edge);
        if (before.op() == branch.op()) {
          return Optional.of(held);
        } else if (before.op() == branch.op().negated()) {
          return Optional.of(!held);
        }
      }
      return Optional.empty();
    }

    private boolean sameSides(Terminator.Branch before, Terminator.Branch branch) {
      return same(before.left(), branch.left()) && same(before.right(), branch.right());
    }

    private boolean same(Value before, Value here) {
      Value seen = passed.getOrDefault(here, here);
      return before.equals(seen)
          || (definitions.constant(before).isPresent()
              && definitions.constant(before).equals(definitions.constant(seen)));
    }

    private OptionalLong number(Value value) {
      Long here = numbersHere.get(value);
      return here != null
          ? OptionalLong.of(here)
          : definitions.constant(passed.getOrDefault(value, value));
    }

    private OptionalLong compute(Inst inst) {
      return switch (inst) {
        case Inst.Const i -> OptionalLong.of(i.value());
        case Inst.Unary i -> {
          OptionalLong operand = number(i.operand());
          yield operand.isPresent() && i.op().isArithmetic()
              ? OptionalLong.of(Arithmetic.unary(i.op(), i.result().type(), operand.getAsLong()))
              : OptionalLong.empty();
        }
        case Inst.Binary i -> {
          OptionalLong left = number(i.left());
          OptionalLong right = number(i.right());
          yield left.isPresent() && right.isPresent()
              ? Arithmetic.binary(i.op(), i.result().type(), left.getAsLong(), right.getAsLong())
              : OptionalLong.empty();
        }
        case Inst.Compare i -> {
          OptionalLong left = number(i.left());
          OptionalLong right = number(i.right());
          yield left.isPresent() && right.isPresent()
              ? OptionalLong.of(
                  Arithmetic.compare(i.op(), left.getAsLong(), right.getAsLong()) ? 1 : 0)
              : OptionalLong.empty();
        }
        default -> OptionalLong.empty();
      };
    }
  }
}
