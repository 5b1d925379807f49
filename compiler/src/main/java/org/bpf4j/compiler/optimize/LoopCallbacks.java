package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.compiler.analyze.KernelPointers;
import org.bpf4j.compiler.analyze.Outline;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Function.StackSlot;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.LoopForm;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.Helper;

/// Makes a function of each loop that the kernel is to call back, and calls `bpf_loop` with it.
///
/// The block that takes the place of the loop fills the memory that both share, calls, and goes on
/// where the loop was left: at the way out whose number it finds, or, if there is none, where its
/// rounds are used up. The function gives 0 for another round and 1 where it leaves the loop, or
/// aborts as callbacks do. That each can be one was found while it was in its place: an inner loop
/// that is one already tells nothing of what it does to memory.
final class LoopCallbacks {
  private final Function function;
  private final Outline loop;
  private final LoopContext context;
  private final String name;
  private final Numbers numbers;
  private final Origin at;
  private final List<Block> blocks = new ArrayList<>();

  static Program run(Program program) {
    Program current = program;
    for (Optional<Function> next = next(current); next.isPresent(); next = next(current)) {
      current = outlined(current, next.get());
    }
    return current;
  }

  private static Optional<Function> next(Program program) {
    return program.functions().stream().filter(Outline::isWanted).findFirst();
  }

  private static Program outlined(Program program, Function function) {
    KernelPointers pointers = KernelPointers.in(KernelPointers.of(program), function.name());
    Outline loop = Outline.of(function, pointers).getFirst();
    String name = name(program, function);
    LoopContext context = new LoopContext(loop);
    Function callback = new LoopFunction(function, loop, context, name).function();
    List<Function> functions = new ArrayList<>();
    for (Function each : program.functions()) {
      functions.add(
          each.equals(function)
              ? new LoopCallbacks(function, loop, context, callback).caller()
              : each);
    }
    functions.add(callback);
    Function main = functions.removeFirst();
    functions.sort(Comparator.comparing(Function::name));
    functions.addFirst(main);
    return program.withFunctions(functions);
  }

  private static String name(Program program, Function function) {
    Set<String> taken =
        program.functions().stream().map(Function::name).collect(Collectors.toSet());
    int number = 1;
    while (taken.contains(function.name() + "_loop" + number)) {
      number++;
    }
    return function.name() + "_loop" + number;
  }

  private final boolean aborts;

  private LoopCallbacks(Function function, Outline loop, LoopContext context, Function callback) {
    this.function = function;
    this.loop = loop;
    this.context = context;
    this.name = callback.name();
    this.aborts =
        callback.blocks().stream().anyMatch(b -> b.terminator() instanceof Terminator.Abort);
    this.numbers = Numbers.after(function);
    this.at = loop.origin();
  }

  /// The function with a call in the loop's place.
  private Function caller() {
    int slot = numbers.slot();
    for (Block block : function.blocks()) {
      if (block.id() == loop.head().id()) {
        call(slot);
      } else if (!loop.contains(block.id())) {
        blocks.add(block);
      }
    }
    List<StackSlot> slots = new ArrayList<>(slotsLeft());
    slots.add(new StackSlot(slot, context.bytes(), "what a loop needs"));
    return new Function(
        function.name(), function.role(), function.result(), blocks, slots, function.span());
  }

  private List<StackSlot> slotsLeft() {
    Set<Integer> used = new HashSet<>();
    for (Block block : blocks) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.StackAddress address) {
          used.add(address.slot());
        }
      }
    }
    return function.slots().stream().filter(slot -> used.contains(slot.id())).toList();
  }

  private void call(int slot) {
    List<Value> parameters =
        loop.head().parameters().stream().map(p -> numbers.value(p.type())).toList();
    List<Inst> insts = new ArrayList<>();
    Value block = numbers.value(Type.PTR);
    insts.add(new Inst.StackAddress(block, slot, false, at));
    var side = new LoopContext.Side(context, block, Region.stack(slot), numbers, insts, at);
    side.store(0, side.constant(Type.I64, 0));
    side.exit(0);
    loop.captured().forEach(value -> side.give(value, value));
    context.slots().forEach((kept, word) -> give(side, kept, word));
    for (int i = 0; i < parameters.size(); i++) {
      Value parameter = loop.head().parameters().get(i);
      if (loop.carried().contains(parameter)) {
        side.give(parameter, parameters.get(i));
      }
    }
    context.fresh().forEach(word -> LoopContext.clear(block, word, Region.stack(slot), insts, at));
    Value callback = numbers.value(Type.PTR);
    insts.add(new Inst.FunctionAddress(callback, name, at));
    Value rounds = side.constant(Type.I64, LoopForm.MAX_ROUNDS);
    Value flags = side.constant(Type.I64, 0);
    insts.add(
        new Inst.CallKernel(
            Optional.empty(), Helper.LOOP, List.of(rounds, callback, block, flags), at));
    loop.results().forEach(side::receive);
    insts.addAll(loop.behind());
    leave(loop.head().id(), parameters, side);
  }

  private static void give(LoopContext.Side side, int slot, int word) {
    Value address = side.numbers().value(Type.PTR);
    side.insts().add(new Inst.StackAddress(address, slot, false, side.at()));
    side.store(word, address);
  }

  /// Goes on behind the call.
  private void leave(int call, List<Value> parameters, LoopContext.Side side) {
    List<Inst> insts = side.insts();
    Value exit = side.exit();
    int id = call;
    List<Value> with = parameters;
    if (aborts) {
      Value aborted = numbers.value(Type.I32);
      insts.add(new Inst.Load(aborted, MemorySize.W, false, side.block(), 0, side.region(), at));
      Value no = side.constant(Type.I32, 0);
      int good = numbers.block();
      int bad = numbers.block();
      branch(id, with, insts, aborted, no, Edge.to(good), Edge.to(bad));
      blocks.add(
          new Block(
              bad, List.of(), List.of(), new Terminator.Abort(AbortReason.CALLBACK_ABORTED, at)));
      id = good;
      with = List.of();
      insts = new ArrayList<>();
    }
    int number = 0;
    for (Outline.Exit each : loop.exits()) {
      int other = numbers.block();
      Value wanted = numbers.value(Type.I64);
      insts.add(new Inst.Const(wanted, ++number, at));
      Edge taken = edge(each, insts);
      branch(id, with, insts, exit, wanted, taken, Edge.to(other));
      id = other;
      with = List.of();
      insts = new ArrayList<>();
    }
    Edge exhausted = loop.latch().terminator().edges().getLast();
    Edge used = available(exhausted, insts);
    blocks.add(new Block(id, with, insts, new Terminator.Jump(used, at)));
  }

  private void branch(
      int id, List<Value> with, List<Inst> insts, Value left, Value right, Edge then, Edge other) {
    blocks.add(
        new Block(
            id, with, insts, new Terminator.Branch(CompareOp.EQ, left, right, then, other, at)));
  }

  private Edge edge(Outline.Exit exit, List<Inst> insts) {
    return switch (exit) {
      case Outline.Exit.To(Edge edge) -> available(edge, insts);
      case Outline.Exit.Leave(Terminator.Return end) -> {
        int id = numbers.block();
        blocks.add(new Block(id, List.of(), List.of(), end));
        yield Edge.to(id);
      }
    };
  }

  /// The edge, with zero for what is passed and not needed.
  private Edge available(Edge edge, List<Inst> insts) {
    List<Value> arguments = new ArrayList<>();
    for (Value argument : edge.arguments()) {
      if (loop.isThereBehind(argument)) {
        arguments.add(argument);
      } else {
        Value zero = numbers.value(argument.type());
        insts.add(new Inst.Const(zero, 0, at));
        arguments.add(zero);
      }
    }
    return new Edge(edge.block(), arguments);
  }
}
