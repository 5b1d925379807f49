package org.bpf4j.compiler.select;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineInsn.Source;
import org.bpf4j.compiler.machine.Register.Content;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Function.Role;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.JumpOp;
import org.bpf4j.isa.Width;

/// Selects the instructions of one function.
final class FunctionSelection {

  private final Function function;
  private final Map<String, Role> roles;
  private final Uses uses;
  private final Assembly assembly;
  private final Operands operands;
  private final Memory memory;
  private final Comparisons comparisons;
  private final Map<Integer, Block> blocks = new HashMap<>();

  /// @param indexed whether some function of the program writes at an index what others gave it
  FunctionSelection(Function function, Map<String, Role> roles, boolean indexed) {
    this.function = function;
    this.roles = roles;
    function.blocks().forEach(block -> blocks.put(block.id(), block));
    int free = function.blocks().stream().mapToInt(Block::id).max().orElse(0) + 1;
    uses = Uses.of(function);
    assembly = new Assembly(function.slots(), free);
    operands = new Operands(uses, assembly);
    memory = new Memory(uses, SharedWords.of(function, uses, indexed), operands, assembly);
    comparisons = new Comparisons(uses, operands, assembly);
  }

  MachineFunction<Virtual> select() {
    List<Virtual> parameters = function.entry().parameters().stream().map(operands::home).toList();
    for (Block block : function.blocks()) {
      assembly.begin(block.id());
      if (block.id() == function.entry().id()
          && (function.role() == Role.GLOBAL || function.role().isCalledBack())) {
        clearUpperHalves(block.parameters());
      }
      block.insts().forEach(this::select);
      end(block.terminator());
    }
    return new MachineFunction<>(
        function.name(),
        function.role(),
        parameters,
        assembly.blocks(),
        assembly.slots(),
        function.span());
  }

  /// The verifier knows nothing of the numbers that a global function or callback gets.
  private void clearUpperHalves(List<Value> parameters) {
    for (Value parameter : parameters) {
      if (parameter.type() == Type.I32) {
        Virtual register = operands.home(parameter);
        assembly.add(
            new MachineInsn.Move<>(Width.W32, register, register, Origin.of(function.span())));
      }
    }
  }

  private void select(Inst inst) {
    boolean unused = inst.defined().map(value -> uses.count(value) == 0).orElse(false);
    switch (inst) {
      case Inst.Const _,
          Inst.Refine _,
          Inst.StackAddress _,
          Inst.MapAddress _,
          Inst.GlobalAddress _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _ -> {}
      case Inst.Binary _, Inst.Unary _, Inst.Compare _, Inst.Load _, Inst.PtrAdd _, Inst.CoreConst _
          when unused -> {}
      case Inst.Binary i -> binary(i);
      case Inst.Unary i -> unary(i);
      case Inst.Compare i -> {
        if (!uses.isFused(i.result())) {
          comparisons.materialise(i);
        }
      }
      case Inst.Load i -> memory.load(i);
      case Inst.Store i -> memory.store(i);
      case Inst.Zero i -> memory.zero(i);
      case Inst.Copy i -> memory.copy(i);
      case Inst.Atomic i -> memory.atomic(i);
      case Inst.PtrAdd i -> memory.pointerSum(i);
      case Inst.CallKernel i ->
          assembly.add(
              new MachineInsn.CallKernel<>(
                  result(i.result()), i.function(), arguments(i.arguments(), i), i.origin()));
      case Inst.CallFunction i -> call(i);
      case Inst.CoreConst i -> {
        if (!uses.isFused(i.result())) {
          assembly.add(
              new MachineInsn.CoreConstant<>(operands.home(i.result()), i.access(), i.origin()));
        }
      }
    }
  }

  private Optional<Virtual> result(Optional<Value> value) {
    return value.filter(v -> uses.count(v) > 0).map(operands::home);
  }

  private List<Virtual> arguments(List<Value> values, Inst call) {
    List<Virtual> registers = new ArrayList<>();
    for (Value value : values) {
      registers.add(operands.read(value, call.origin()));
    }
    return registers;
  }

  private void call(Inst.CallFunction i) {
    Optional<Virtual> result = result(i.result());
    assembly.add(
        new MachineInsn.CallFunction<>(
            result, i.function(), arguments(i.arguments(), i), i.origin()));
    if (result.isPresent()
        && i.result().orElseThrow().type() == Type.I32
        && roles.get(i.function()) == Role.GLOBAL) {
      assembly.add(new MachineInsn.Move<>(Width.W32, result.get(), result.get(), i.origin()));
    }
  }

  private void binary(Inst.Binary i) {
    if (uses.isFused(i.result())) {
      return;
    }
    Value left = i.left();
    Value right = i.right();
    if (isCommutative(i.op()) && isBetterRight(left, right)) {
      left = i.right();
      right = i.left();
    }
    Virtual dst = operands.home(i.result());
    Width width = Operands.width(i.result().type());
    OptionalLong constant = uses.constant(right);
    if (constant.isPresent() && isShift(i.op())) {
      operands.write(dst, left, i.origin());
      int count = (int) constant.getAsLong() & (width == Width.W32 ? 31 : 63);
      assembly.alu(width, aluOp(i.op()), dst, count, i.origin());
    } else if (i.op() == BinaryOp.AND && width == Width.W64 && constant.orElse(0) == 0xffff_ffffL) {
      Virtual src = operands.read(left, i.origin());
      assembly.add(new MachineInsn.Move<>(Width.W32, dst, src, i.origin()));
    } else {
      boolean byZero = isDivision(i.op()) && constant.orElse(1) == 0;
      Source<Virtual> source =
          byZero
              ? new Source.Reg<>(operands.read(right, i.origin()))
              : operands.source(right, i.origin());
      operands.write(dst, left, i.origin());
      assembly.add(new MachineInsn.Alu<>(width, aluOp(i.op()), dst, source, i.origin()));
    }
  }

  /// Constants belong to the right; of two registers the one that nothing else reads is
  /// overwritten. But an address of the kernel's stays the object that it is only if it is what is
  /// added to.
  private boolean isBetterRight(Value left, Value right) {
    return uses.constant(left).isPresent()
        || uses.constant(right).isEmpty()
            && !uses.isMember(right)
            && uses.count(left) > 1
            && uses.count(right) == 1;
  }

  private static boolean isCommutative(BinaryOp op) {
    return switch (op) {
      case ADD, MUL, AND, OR, XOR -> true;
      case SUB, SDIV, SMOD, UDIV, UMOD, SHL, SHR, SAR -> false;
    };
  }

  /// The verifier refuses a division by the immediate 0.
  private static boolean isDivision(BinaryOp op) {
    return op == BinaryOp.UDIV || op == BinaryOp.UMOD;
  }

  private static boolean isShift(BinaryOp op) {
    return op == BinaryOp.SHL || op == BinaryOp.SHR || op == BinaryOp.SAR;
  }

  private static AluOp aluOp(BinaryOp op) {
    return switch (op) {
      case ADD -> AluOp.ADD;
      case SUB -> AluOp.SUB;
      case MUL -> AluOp.MUL;
      case UDIV -> AluOp.DIV;
      case UMOD -> AluOp.MOD;
      case AND -> AluOp.AND;
      case OR -> AluOp.OR;
      case XOR -> AluOp.XOR;
      case SHL -> AluOp.LSH;
      case SHR -> AluOp.RSH;
      case SAR -> AluOp.ARSH;
      case SDIV, SMOD -> throw new CompilerBug("signed division was not expanded");
    };
  }

  private void unary(Inst.Unary i) {
    if (uses.isFused(i.result())
        || !uses.root(i.result()).equals(i.result())
        || uses.constant(i.result()).isPresent()) {
      return;
    }
    Virtual dst = operands.home(i.result());
    Width width = Operands.width(i.result().type());
    switch (i.op()) {
      case NEG -> {
        operands.write(dst, i.operand(), i.origin());
        assembly.alu(width, AluOp.NEG, dst, 0, i.origin());
      }
      case SEXT8 -> shifts(i, dst, width, 24);
      case SEXT16 -> shifts(i, dst, width, 16);
      case SEXT32 -> shifts(i, dst, width, 32);
      case ZEXT8 -> mask(i, dst, 0xff);
      case ZEXT16 -> mask(i, dst, 0xffff);
      case TRUNC ->
          assembly.add(
              new MachineInsn.Move<>(
                  Width.W32, dst, operands.read(i.operand(), i.origin()), i.origin()));
      case BE16 -> toBigEndian(i, dst, 16);
      case BE32 -> toBigEndian(i, dst, 32);
      case BE64 -> toBigEndian(i, dst, 64);
      case NUMBER -> {
        operands.write(dst, i.operand(), i.origin());
        assembly.alu(Width.W64, AluOp.NEG, dst, 0, i.origin());
        assembly.alu(Width.W64, AluOp.NEG, dst, 0, i.origin());
      }
      case ARENA, ARENA_ADDRESS ->
          assembly.add(
              new MachineInsn.ArenaCast<>(
                  i.op() == Inst.UnaryOp.ARENA_ADDRESS,
                  dst,
                  operands.read(i.operand(), i.origin()),
                  i.origin()));
      case ZEXT32, ADDRESS, POINTER ->
          throw new CompilerBug(i.op() + " is not its operand's register");
    }
  }

  private void shifts(Inst.Unary i, Virtual dst, Width width, int count) {
    operands.write(dst, i.operand(), i.origin());
    assembly.alu(width, AluOp.LSH, dst, count, i.origin());
    assembly.alu(width, AluOp.ARSH, dst, count, i.origin());
  }

  private void mask(Inst.Unary i, Virtual dst, int bits) {
    operands.write(dst, i.operand(), i.origin());
    assembly.alu(Width.W32, AluOp.AND, dst, bits, i.origin());
  }

  private void toBigEndian(Inst.Unary i, Virtual dst, int bits) {
    operands.write(dst, i.operand(), i.origin());
    assembly.add(new MachineInsn.ToBigEndian<>(bits, dst, i.origin()));
  }

  private void end(Terminator terminator) {
    switch (terminator) {
      case Terminator.Jump t -> {
        moves(t.target(), t.origin());
        assembly.end(new MachineInsn.Jump<>(t.target().block(), t.origin()));
      }
      case Terminator.Branch t -> branch(t);
      case Terminator.Again t ->
          split(
              t.body(),
              t.exhausted(),
              t.origin(),
              (body, exhausted) -> new MachineInsn.MayGoto<>(body, exhausted, t.origin()));
      case Terminator.Return t -> exit(t);
      case Terminator.Abort _ -> throw new CompilerBug("an abort was not expanded");
    }
  }

  private void exit(Terminator.Return t) {
    Optional<Value> value = t.value();
    if (value.isEmpty() && function.role() == Role.SUBPROGRAM) {
      assembly.end(new MachineInsn.Exit<>(Optional.empty(), t.origin()));
      return;
    }
    Virtual result = assembly.fresh(Content.NUMBER);
    OptionalLong constant = value.map(uses::constant).orElse(OptionalLong.of(0));
    if (constant.isPresent() && (value.isEmpty() || function.role() == Role.PROGRAM)) {
      assembly.constant(result, constant.getAsLong(), t.origin());
    } else {
      operands.write(result, value.orElseThrow(), t.origin());
    }
    assembly.end(new MachineInsn.Exit<>(Optional.of(result), t.origin()));
  }

  private void branch(Terminator.Branch t) {
    Edge then = t.then();
    Edge otherwise = t.otherwise();
    Optional<Inst> condition = uses.condition(t);
    if (condition.isPresent() && t.op() == CompareOp.EQ) {
      then = t.otherwise();
      otherwise = t.then();
    }
    CompareOp op = t.op();
    Value left = t.left();
    Value right = t.right();
    boolean mask = false;
    switch (condition.orElse(null)) {
      case Inst.Compare c -> {
        op = c.op();
        left = c.left();
        right = c.right();
      }
      case Inst.Binary b -> {
        mask = true;
        left = b.left();
        right = b.right();
      }
      case null, default -> {}
    }
    if (uses.constant(left).isPresent()) {
      Value exchanged = left;
      left = right;
      right = exchanged;
      op = mask ? op : op.swapped();
    }
    JumpOp jump = mask ? JumpOp.SET : Comparisons.jumpOp(op);
    Width width = Operands.width(left.type());
    Virtual register = operands.read(left, t.origin());
    Source<Virtual> source = operands.source(right, t.origin());
    split(
        then,
        otherwise,
        t.origin(),
        (a, b) -> new MachineInsn.Branch<>(width, jump, register, source, a, b, t.origin()));
  }

  /// An instruction that still lacks its targets.
  private interface TwoWay {
    MachineInsn.End<Virtual> to(int first, int second);
  }

  /// Ends the block with an instruction of two targets; an edge with moves gets a block for them.
  private void split(Edge first, Edge second, Origin origin, TwoWay end) {
    int firstBlock = hasMoves(first) ? assembly.freshBlock() : first.block();
    int secondBlock = hasMoves(second) ? assembly.freshBlock() : second.block();
    assembly.end(end.to(firstBlock, secondBlock));
    edgeBlock(firstBlock, first, origin);
    edgeBlock(secondBlock, second, origin);
  }

  private void edgeBlock(int block, Edge edge, Origin origin) {
    if (block != edge.block()) {
      assembly.begin(block);
      moves(edge, origin);
      assembly.end(new MachineInsn.Jump<>(edge.block(), origin));
    }
  }

  private boolean hasMoves(Edge edge) {
    List<Value> parameters = target(edge).parameters();
    for (int i = 0; i < parameters.size(); i++) {
      if (isMove(parameters.get(i), edge.arguments().get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isMove(Value parameter, Value argument) {
    return uses.count(parameter) > 0 && !uses.root(argument).equals(parameter);
  }

  private Block target(Edge edge) {
    Block target = blocks.get(edge.block());
    if (target == null) {
      throw new CompilerBug("no block b" + edge.block() + " in " + function.name());
    }
    return target;
  }

  /// Gives the target's parameters their arguments: registers first, since writing what needs none
  /// could overwrite them.
  private void moves(Edge edge, Origin origin) {
    List<Value> parameters = target(edge).parameters();
    List<ParallelMoves.Step> steps = new ArrayList<>();
    List<Runnable> later = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Value argument = edge.arguments().get(i);
      Virtual to = operands.home(parameters.get(i));
      if (!isMove(parameters.get(i), argument)) {
        continue;
      }
      if (operands.isInRegister(argument)) {
        steps.add(new ParallelMoves.Step(to, operands.home(argument)));
      } else {
        later.add(() -> operands.write(to, argument, origin));
      }
    }
    ParallelMoves.inOrder(steps, assembly)
        .forEach(step -> assembly.copy(step.to(), step.from(), origin));
    later.forEach(Runnable::run);
  }
}
