package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bpf4j.compiler.analyze.Outline;
import org.bpf4j.compiler.analyze.ValueRanges;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Function.StackSlot;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Renaming;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// The function that a loop becomes.
///
/// Its blocks and values keep their numbers: what it needs is defined at its start under the name
/// that it has outside.
final class LoopFunction implements Renaming {
  private final Function around;
  private final Outline loop;
  private final LoopContext context;
  private final String name;
  private final Numbers numbers;
  private final Origin at;
  private final Value block;
  private final Map<Value, Value> renamed = new HashMap<>();
  private final Map<Outline.Exit, Integer> exits = new HashMap<>();
  private final List<Block> blocks = new ArrayList<>();

  LoopFunction(Function around, Outline loop, LoopContext context, String name) {
    this.around = around;
    this.loop = loop;
    this.context = context;
    this.name = name;
    this.numbers = Numbers.after(around);
    this.at = loop.origin();
    this.block = numbers.value(Type.PTR);
  }

  Function function() {
    int first = numbers.block();
    stopIfLeft(first);
    begin(first);
    loop.exits().forEach(exit -> exits.put(exit, numbers.block()));
    for (Block each : loop.blocks()) {
      blocks.add(moved(each));
    }
    loop.exits().forEach(this::leave);
    List<StackSlot> slots =
        around.slots().stream().filter(slot -> loop.own().contains(slot.id())).toList();
    return new Function(
        name, Function.Role.CALLBACK, Optional.of(Type.I32), blocks, slots, at.span());
  }

  private LoopContext.Side side(List<Inst> insts) {
    return new LoopContext.Side(context, block, Region.CAPTURED, numbers, insts, at);
  }

  /// The kernel does not call back a loop that was left. Verifiers since 6.7 follow what it would
  /// do all the same, once for each way out, and see here that it is nothing.
  private void stopIfLeft(int first) {
    List<Inst> insts = new ArrayList<>();
    LoopContext.Side side = side(insts);
    int over = numbers.block();
    Terminator end =
        new Terminator.Branch(
            CompareOp.EQ,
            side.exit(),
            side.constant(Type.I64, 0),
            Edge.to(first),
            Edge.to(over),
            at);
    List<Value> parameters = List.of(numbers.value(Type.I32), block);
    blocks.add(new Block(numbers.block(), parameters, insts, end));
    List<Inst> stop = new ArrayList<>();
    Terminator stopped = result(side(stop), 1);
    blocks.add(new Block(over, List.of(), stop, stopped));
  }

  private void begin(int first) {
    List<Inst> insts = new ArrayList<>();
    LoopContext.Side side = side(insts);
    ValueRanges ranges = ValueRanges.asSeenByVerifier(around);
    for (Value value : loop.captured()) {
      if (loop.isBounded(value)) {
        Value read = numbers.value(value.type());
        side.take(value, read);
        ValueRanges.Range range = ranges.of(value);
        insts.add(new Inst.Refine(value, read, new Fact.Range(range.min(), range.max()), at));
      } else {
        side.take(value, value);
      }
    }
    Map<Integer, Value> addresses = new HashMap<>();
    context
        .slots()
        .forEach(
            (slot, word) -> {
              Value address = numbers.value(Type.PTR);
              side.load(word, address);
              addresses.put(slot, address);
            });
    for (Block each : loop.blocks()) {
      for (Inst inst : each.insts()) {
        if (inst instanceof Inst.StackAddress(Value result, int slot, _, _)
            && addresses.containsKey(slot)) {
          renamed.put(result, addresses.get(slot));
        }
      }
    }
    insts.addAll(loop.repeated());
    List<Value> arguments = new ArrayList<>();
    for (Value parameter : loop.head().parameters()) {
      Value start = numbers.value(parameter.type());
      if (loop.carried().contains(parameter)) {
        side.take(parameter, start);
      } else {
        insts.add(new Inst.Const(start, 0, at));
      }
      arguments.add(start);
    }
    blocks.add(
        new Block(
            first,
            List.of(),
            insts,
            new Terminator.Jump(new Edge(loop.head().id(), arguments), at)));
  }

  private Block moved(Block each) {
    List<Inst> insts = new ArrayList<>();
    for (Inst inst : each.insts()) {
      if (!(inst.defined().isPresent() && renamed.containsKey(inst.defined().get()))) {
        insts.add(apply(inst));
      }
    }
    Terminator end = each.equals(loop.latch()) ? again(insts) : left(each.terminator());
    return new Block(each.id(), each.parameters(), insts, end);
  }

  /// A round ends: the next begins with what it leaves.
  private Terminator again(List<Inst> insts) {
    LoopContext.Side side = side(insts);
    List<Value> next = loop.latch().terminator().edges().getFirst().arguments();
    for (Value parameter : loop.carried()) {
      Value value = use(next.get(loop.head().parameters().indexOf(parameter)));
      if (!value.equals(parameter)) {
        side.give(parameter, value);
      }
    }
    return result(side, 0);
  }

  private Terminator result(LoopContext.Side side, int result) {
    return new Terminator.Return(Optional.of(side.constant(Type.I32, result)), at);
  }

  private Terminator left(Terminator end) {
    if (end instanceof Terminator.Return leave) {
      return new Terminator.Jump(Edge.to(exit(new Outline.Exit.Leave(leave))), end.origin());
    }
    return apply(end);
  }

  private void leave(Outline.Exit exit) {
    List<Inst> insts = new ArrayList<>();
    LoopContext.Side side = side(insts);
    loop.needed(exit).forEach(side::leave);
    side.exit(loop.exits().indexOf(exit) + 1);
    Terminator end = result(side, 1);
    blocks.add(new Block(exit(exit), List.of(), insts, end));
  }

  private int exit(Outline.Exit exit) {
    return Objects.requireNonNull(exits.get(exit), "a block for each way out");
  }

  @Override
  public Value use(Value value) {
    return renamed.getOrDefault(value, value);
  }

  @Override
  public Edge apply(Edge edge) {
    Integer exit = exits.get(new Outline.Exit.To(edge));
    return exit != null ? Edge.to(exit) : Renaming.super.apply(edge);
  }

  /// Of memory that is another function's it is not known which it is.
  @Override
  public Region region(Region region) {
    return region.kind() == Region.Kind.STACK
            && !loop.own().contains(Integer.parseInt(region.name()))
        ? Region.ANY
        : region;
  }
}
