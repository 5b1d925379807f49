package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.analyze.HeldRecords;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// Turns every abort into a jump to one block that returns the abort value of the program's kind,
/// after giving back the ring records and objects that are held. A callback ends the calls and
/// tells its caller.
final class AbortLowering {
  /// What a global function gives whose caller is to abort: no `int`.
  private static final long ABORTED = 1L << Integer.SIZE;

  private final Function function;
  private final HeldRecords records;
  private final Numbers numbers;
  private final int exit;
  private final List<Block> blocks = new ArrayList<>();

  static Program run(Program program) {
    return program.withFunctions(
        program.functions().stream().map(function -> lowered(program, function)).toList());
  }

  private static Function lowered(Program program, Function function) {
    return function.blocks().stream()
        .filter(block -> block.terminator() instanceof Terminator.Abort)
        .map(block -> block.terminator().origin())
        .findFirst()
        .map(origin -> new AbortLowering(function).lowered(value(program, function), origin))
        .orElse(function);
  }

  /// What an aborted function gives. An extension gives 0: whoever calls what it replaces need not
  /// know of aborts.
  private static long value(Program program, Function function) {
    return switch (function.role()) {
      case GLOBAL -> function.equals(program.main()) ? 0 : ABORTED;
      case DEFERRED, ORDER -> 0;
      case PROGRAM, SUBPROGRAM, CALLBACK, CALLED_ONCE -> program.kind().abortValue();
    };
  }

  private AbortLowering(Function function) {
    this.function = function;
    this.records = HeldRecords.of(function);
    this.numbers = Numbers.after(function);
    this.exit = numbers.block();
  }

  private Function lowered(long value, Origin origin) {
    for (Block block : function.blocks()) {
      if (block.terminator() instanceof Terminator.Abort abort) {
        lower(block, abort);
      } else {
        blocks.add(block);
      }
    }
    Optional<Value> returned = function.result().map((Type type) -> numbers.value(type));
    List<Inst> insts = new ArrayList<>();
    switch (function.role()) {
      case CALLBACK -> {
        returned.ifPresent(v -> insts.add(new Inst.Const(v, 1, origin)));
        returned.ifPresent(v -> insts.add(flag(v, origin)));
      }
      case CALLED_ONCE -> {
        Value one = numbers.value(Type.I32);
        insts.add(new Inst.Const(one, 1, origin));
        insts.add(flag(one, origin));
        returned.ifPresent(v -> insts.add(new Inst.Const(v, 0, origin)));
      }
      case PROGRAM, SUBPROGRAM, GLOBAL, DEFERRED, ORDER ->
          returned.ifPresent(v -> insts.add(new Inst.Const(v, value, origin)));
    }
    blocks.add(new Block(exit, List.of(), insts, new Terminator.Return(returned, origin)));
    return function.withBlocks(blocks);
  }

  /// Tells the caller that the callback aborted.
  private Inst flag(Value one, Origin origin) {
    Value block = function.entry().parameters().getLast();
    return new Inst.Store(MemorySize.W, block, 0, one, Region.CAPTURED, origin);
  }

  /// The block goes on to discard one held record after the other, then to the exit.
  private void lower(Block block, Terminator.Abort abort) {
    Origin at = abort.origin();
    int id = block.id();
    List<Value> parameters = block.parameters();
    List<Inst> insts = new ArrayList<>(block.insts());
    for (HeldRecords.Held held : records.at(block.id())) {
      if (held.test().isPresent()) {
        Value flag = held.test().get();
        int discards = numbers.block();
        int next = numbers.block();
        Value none = constant(flag.type(), insts, at);
        Terminator test =
            new Terminator.Branch(
                Inst.CompareOp.NE, flag, none, Edge.to(discards), Edge.to(next), at);
        blocks.add(new Block(id, parameters, insts, test));
        List<Inst> discarding = new ArrayList<>();
        discard(held, discarding, at);
        Terminator on = new Terminator.Jump(Edge.to(next), at);
        blocks.add(new Block(discards, List.of(), discarding, on));
        id = next;
        parameters = List.of();
        insts = new ArrayList<>();
      } else {
        discard(held, insts, at);
      }
    }
    blocks.add(new Block(id, parameters, insts, new Terminator.Jump(Edge.to(exit), at)));
  }

  private void discard(HeldRecords.Held held, List<Inst> insts, Origin at) {
    List<Value> arguments = new ArrayList<>(List.of(held.address()));
    int count = held.release().signature().orElseThrow().arguments().size();
    while (arguments.size() < count) {
      arguments.add(constant(Type.I64, insts, at));
    }
    insts.add(new Inst.CallKernel(Optional.empty(), held.release(), arguments, at));
  }

  private Value constant(Type type, List<Inst> insts, Origin at) {
    Value value = numbers.value(type);
    insts.add(new Inst.Const(value, 0, at));
    return value;
  }
}
