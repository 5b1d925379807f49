package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.analyze.Loops;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Function.StackSlot;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.LoopForm;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.NumberIterator;

/// Gives each loop whose rounds an iterator counts its iterator: begun before the loop, advanced
/// where a round ends, and ended on every way out, those to an abort included.
final class LoopIterators {
  private final Numbers numbers;
  private final Set<Integer> loop;
  private final int head;
  private final int slot;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Block> onEdges = new ArrayList<>();

  static Function run(Function function) {
    Function current = function;
    for (Optional<Block> latch = latch(current); latch.isPresent(); latch = latch(current)) {
      current = new LoopIterators(current, latch.get()).iterated(current);
    }
    return current;
  }

  private static Optional<Block> latch(Function function) {
    return function.blocks().stream()
        .filter(
            block ->
                block.terminator() instanceof Terminator.Again again
                    && again.form() == LoopForm.ITERATOR)
        .findFirst();
  }

  private LoopIterators(Function function, Block latch) {
    numbers = Numbers.after(function);
    head = latch.terminator().edges().getFirst().block();
    loop = Loops.of(ControlFlow.of(function)).body(head);
    slot = numbers.slot();
  }

  private Function iterated(Function function) {
    function.blocks().forEach(this::add);
    blocks.addAll(onEdges);
    List<StackSlot> slots = new ArrayList<>(function.slots());
    slots.add(new StackSlot(slot, NumberIterator.BYTES, "the iterator of a loop"));
    return new Function(
        function.name(), function.role(), function.result(), blocks, slots, function.span());
  }

  private void add(Block block) {
    List<Inst> insts = new ArrayList<>(block.insts());
    Terminator end = block.terminator();
    boolean inside = loop.contains(block.id());
    if (inside
        && end instanceof Terminator.Again again
        && again.form() == LoopForm.ITERATOR
        && again.body().block() == head) {
      end = advance(again, insts);
    }
    List<Edge> edges = new ArrayList<>();
    for (Edge edge : end.edges()) {
      boolean stays = loop.contains(edge.block());
      if (inside && !stays) {
        edges.add(through(edge, end.origin(), this::destroy));
      } else if (!inside && edge.block() == head) {
        edges.add(through(edge, end.origin(), this::begin));
      } else {
        edges.add(edge);
      }
    }
    blocks.add(new Block(block.id(), block.parameters(), insts, with(end, edges)));
  }

  /// What is done on an edge.
  private interface Step {
    void add(List<Inst> insts, Origin origin);
  }

  /// Puts a block on an edge.
  private Edge through(Edge edge, Origin origin, Step step) {
    int id = numbers.block();
    List<Inst> insts = new ArrayList<>();
    step.add(insts, origin);
    onEdges.add(new Block(id, List.of(), insts, new Terminator.Jump(edge, origin)));
    return Edge.to(id);
  }

  private void begin(List<Inst> insts, Origin origin) {
    Value iterator = iterator(insts, origin);
    Value start = constant(insts, Type.I32, 0, origin);
    Value end = constant(insts, Type.I32, LoopForm.MAX_ROUNDS, origin);
    insts.add(
        new Inst.CallKernel(
            Optional.empty(), NumberIterator.NEW, List.of(iterator, start, end), origin));
  }

  private void destroy(List<Inst> insts, Origin origin) {
    Value iterator = iterator(insts, origin);
    insts.add(
        new Inst.CallKernel(Optional.empty(), NumberIterator.DESTROY, List.of(iterator), origin));
  }

  private Terminator advance(Terminator.Again again, List<Inst> insts) {
    Origin origin = again.origin();
    Value iterator = iterator(insts, origin);
    Value next = numbers.value(Type.PTR);
    insts.add(
        new Inst.CallKernel(Optional.of(next), NumberIterator.NEXT, List.of(iterator), origin));
    Value none = constant(insts, Type.PTR, 0, origin);
    return new Terminator.Branch(
        Inst.CompareOp.NE, next, none, again.body(), again.exhausted(), origin);
  }

  private Value iterator(List<Inst> insts, Origin origin) {
    Value address = numbers.value(Type.PTR);
    insts.add(new Inst.StackAddress(address, slot, false, origin));
    return address;
  }

  private Value constant(List<Inst> insts, Type type, long number, Origin origin) {
    Value value = numbers.value(type);
    insts.add(new Inst.Const(value, number, origin));
    return value;
  }

  private static Terminator with(Terminator end, List<Edge> edges) {
    return switch (end) {
      case Terminator.Jump t -> new Terminator.Jump(edges.getFirst(), t.origin());
      case Terminator.Branch t ->
          new Terminator.Branch(
              t.op(), t.left(), t.right(), edges.getFirst(), edges.getLast(), t.origin());
      case Terminator.Again t ->
          new Terminator.Again(t.form(), edges.getFirst(), edges.getLast(), t.origin());
      case Terminator.Return _, Terminator.Abort _ -> end;
    };
  }
}
