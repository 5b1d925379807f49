package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bpf4j.compiler.ssa.Arithmetic;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Computes what is known at compile time, and rewrites arithmetic into cheaper arithmetic that
/// gives the same number: identities, constants to the right, shifts for powers of two, conversions
/// that undo each other, tests of tests.
///
/// What the loader patches ([Inst.CoreConst]) and what user space configures is never folded.
final class ConstantFolding {
  private final Function function;
  private final Numbers numbers;
  private final Substitution substitution = new Substitution();
  private final Map<Value, Inst> definitions = new HashMap<>();
  private List<Inst> out = new ArrayList<>();

  static Function run(Function function) {
    return new ConstantFolding(Reachable.run(function)).folded();
  }

  private ConstantFolding(Function function) {
    this.function = function;
    this.numbers = Numbers.after(function);
  }

  private Function folded() {
    Map<Integer, Block> blocks = new HashMap<>();
    for (Block block : ControlFlow.of(function).order()) {
      out = new ArrayList<>();
      block.insts().forEach(this::fold);
      Terminator end = fold(block.terminator());
      blocks.put(block.id(), new Block(block.id(), block.parameters(), out, end));
    }
    List<Block> inPlace =
        function.blocks().stream().map(b -> blocks.getOrDefault(b.id(), b)).toList();
    return substitution.apply(function.withBlocks(inPlace));
  }

  private Value seen(Value value) {
    return substitution.resolve(value);
  }

  private OptionalLong constant(Value value) {
    return definitions.get(seen(value)) instanceof Inst.Const c
        ? OptionalLong.of(c.value())
        : OptionalLong.empty();
  }

  private boolean is(Value value, long number) {
    return definitions.get(seen(value)) instanceof Inst.Const c && c.value() == number;
  }

  private void emit(Inst inst) {
    out.add(inst);
    inst.defined().ifPresent(value -> definitions.put(value, inst));
  }

  private void emitConstant(Value result, long value, Inst at) {
    emit(new Inst.Const(result, value, at.origin()));
  }

  private Value newConstant(Type type, long value, Inst at) {
    Value result = numbers.value(type);
    emitConstant(result, value, at);
    return result;
  }

  private void fold(Inst inst) {
    switch (inst) {
      case Inst.Binary i -> fold(i);
      case Inst.Unary i -> fold(i);
      case Inst.Compare i -> fold(i);
      case Inst.Refine i -> {
        if (constant(i.value()).isPresent()) {
          substitution.replace(i.result(), seen(i.value()));
        } else {
          emit(i);
        }
      }
      case Inst.PtrAdd i -> fold(i);
      case Inst.Const _,
          Inst.Load _,
          Inst.Store _,
          Inst.Zero _,
          Inst.Copy _,
          Inst.Atomic _,
          Inst.StackAddress _,
          Inst.MapAddress _,
          Inst.GlobalAddress _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.CallKernel _,
          Inst.CallFunction _,
          Inst.CoreConst _ ->
          emit(inst);
    }
  }

  private void fold(Inst.Binary i) {
    Value left = seen(i.left());
    Value right = seen(i.right());
    OptionalLong a = constant(left);
    OptionalLong b = constant(right);
    if (a.isPresent() && b.isPresent()) {
      OptionalLong result =
          Arithmetic.binary(i.op(), i.result().type(), a.getAsLong(), b.getAsLong());
      if (result.isPresent()) {
        emitConstant(i.result(), result.getAsLong(), i);
        return;
      }
    }
    if (a.isPresent() && Identities.isCommutative(i.op())) {
      fold(new Inst.Binary(i.result(), i.op(), right, left, i.origin()));
    } else if (left.equals(right)) {
      foldSame(i, left);
    } else if (b.isPresent()) {
      foldRight(new Inst.Binary(i.result(), i.op(), left, right, i.origin()), b.getAsLong());
    } else {
      emit(i);
    }
  }

  private void foldSame(Inst.Binary i, Value both) {
    switch (i.op()) {
      case SUB, XOR -> emitConstant(i.result(), 0, i);
      case AND, OR -> substitution.replace(i.result(), both);
      case ADD, MUL, SDIV, SMOD, UDIV, UMOD, SHL, SHR, SAR -> emit(i);
    }
  }

  /// An operation whose right side is the number `b`.
  private void foldRight(Inst.Binary i, long b) {
    Type type = i.result().type();
    if (Identities.leavesLeft(i.op(), type, b)) {
      substitution.replace(i.result(), i.left());
      return;
    }
    OptionalLong always = Identities.always(i.op(), type, b);
    if (always.isPresent()) {
      emitConstant(i.result(), always.getAsLong(), i);
      return;
    }
    if (i.op() == Inst.BinaryOp.XOR
        && b == 1
        && definitions.get(i.left()) instanceof Inst.Compare test) {
      fold(negated(test, i.result(), i));
      return;
    }
    if (definitions.get(i.left()) instanceof Inst.Binary inner
        && constant(inner.right()).isPresent()) {
      OptionalLong merged =
          Identities.merged(i.op(), inner.op(), type, constant(inner.right()).getAsLong(), b);
      if (merged.isPresent()) {
        Value number = newConstant(type, merged.getAsLong(), i);
        fold(new Inst.Binary(i.result(), i.op(), seen(inner.left()), number, i.origin()));
        return;
      }
    }
    emit(Identities.cheaper(i, b).map(c -> c.over(newConstant(type, c.right(), i))).orElse(i));
  }

  private static Inst.Compare negated(Inst.Compare test, Value result, Inst at) {
    return new Inst.Compare(result, test.op().negated(), test.left(), test.right(), at.origin());
  }

  private void fold(Inst.Unary i) {
    Value operand = seen(i.operand());
    OptionalLong number = constant(operand);
    if (!i.op().isArithmetic()) {
      emit(i);
    } else if (number.isPresent()) {
      emitConstant(i.result(), Arithmetic.unary(i.op(), i.result().type(), number.getAsLong()), i);
    } else if (definitions.get(operand) instanceof Inst.Unary inner) {
      Identities.unary(i, inner, seen(inner.operand()))
          .ifPresentOrElse(
              simpler -> {
                switch (simpler) {
                  case Identities.Simpler.Same(Value value) ->
                      substitution.replace(i.result(), value);
                  case Identities.Simpler.Other(Inst other) -> emit(other);
                }
              },
              () -> emit(i));
    } else if (definitions.get(operand) instanceof Inst.Compare && Identities.keepsBit(i.op())) {
      substitution.replace(i.result(), operand);
    } else {
      emit(i);
    }
  }

  private void fold(Inst.Compare i) {
    Value left = seen(i.left());
    Value right = seen(i.right());
    OptionalLong known = decide(i.op(), left, right);
    if (known.isPresent()) {
      emitConstant(i.result(), known.getAsLong(), i);
    } else if (constant(left).isPresent()) {
      fold(
          new Inst.Compare(
              i.result(), i.op().swapped(), /* left= */ right, /* right= */ left, i.origin()));
    } else if (definitions.get(left) instanceof Inst.Compare test && isTestOfBit(i.op(), right)) {
      if (isPositive(i.op(), right)) {
        substitution.replace(i.result(), left);
      } else {
        fold(negated(test, i.result(), i));
      }
    } else {
      emit(i);
    }
  }

  /// 0 or 1 if the condition is known.
  private OptionalLong decide(CompareOp op, Value left, Value right) {
    OptionalLong a = constant(left);
    OptionalLong b = constant(right);
    if (left.equals(right)) {
      return bit(Arithmetic.holdsForEqual(op));
    } else if (a.isPresent() && b.isPresent()) {
      return bit(Arithmetic.compare(op, a.getAsLong(), b.getAsLong()));
    } else if (is(right, 0) && (op == CompareOp.ULT || op == CompareOp.UGE)) {
      return bit(op == CompareOp.UGE);
    } else if (is(right, 0) && isAddress(left) && (op == CompareOp.EQ || op == CompareOp.NE)) {
      return bit(op == CompareOp.NE);
    }
    return OptionalLong.empty();
  }

  private static OptionalLong bit(boolean holds) {
    return OptionalLong.of(holds ? 1 : 0);
  }

  /// Whether the value is an address by construction, so never null.
  private boolean isAddress(Value value) {
    return switch (definitions.get(value)) {
      case Inst.StackAddress _, Inst.MapAddress _, Inst.GlobalAddress _, Inst.PtrAdd _ -> true;
      case Inst.Refine r ->
          r.fact() instanceof Fact.PacketBytes || r.fact() instanceof Fact.NonNull;
      case null, default -> false;
    };
  }

  private boolean isTestOfBit(CompareOp op, Value right) {
    return (op == CompareOp.EQ || op == CompareOp.NE) && (is(right, 0) || is(right, 1));
  }

  private boolean isPositive(CompareOp op, Value right) {
    return (op == CompareOp.NE) == is(right, 0);
  }

  private void fold(Inst.PtrAdd i) {
    Value base = seen(i.base());
    OptionalLong offset = constant(i.offset());
    if (offset.isPresent() && offset.getAsLong() == 0) {
      substitution.replace(i.result(), base);
    } else if (offset.isPresent()
        && definitions.get(base) instanceof Inst.PtrAdd inner
        && constant(inner.offset()).isPresent()) {
      long sum = offset.getAsLong() + constant(inner.offset()).getAsLong();
      Value number = newConstant(Type.I64, sum, i);
      fold(new Inst.PtrAdd(i.result(), seen(inner.base()), number, i.origin()));
    } else {
      emit(i);
    }
  }

  private Terminator fold(Terminator end) {
    if (!(end instanceof Terminator.Branch t)) {
      return end;
    }
    Value left = seen(t.left());
    Value right = seen(t.right());
    OptionalLong known = decide(t.op(), left, right);
    if (known.isPresent()) {
      return new Terminator.Jump(known.getAsLong() == 1 ? t.then() : t.otherwise(), t.origin());
    } else if (constant(left).isPresent()) {
      return fold(
          new Terminator.Branch(
              t.op().swapped(),
              /* left= */ right,
              /* right= */ left,
              t.then(),
              t.otherwise(),
              t.origin()));
    } else if (definitions.get(left) instanceof Inst.Compare test && isTestOfBit(t.op(), right)) {
      CompareOp op = isPositive(t.op(), right) ? test.op() : test.op().negated();
      return fold(
          new Terminator.Branch(
              op, test.left(), test.right(), t.then(), t.otherwise(), t.origin()));
    }
    return t;
  }
}
