package org.bpf4j.compiler.optimize;

import java.util.Optional;
import java.util.OptionalLong;
import org.bpf4j.compiler.ssa.Arithmetic;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Equations of two's complement arithmetic.
final class Identities {
  private Identities() {}

  static boolean isCommutative(BinaryOp op) {
    return switch (op) {
      case ADD, MUL, AND, OR, XOR -> true;
      case SUB, SDIV, SMOD, UDIV, UMOD, SHL, SHR, SAR -> false;
    };
  }

  /// Whether `x op b = x` for all x.
  static boolean leavesLeft(BinaryOp op, Type type, long b) {
    return switch (op) {
      case ADD, SUB, OR, XOR -> b == 0;
      case SHL, SHR, SAR -> (b & (type == Type.I64 ? 63 : 31)) == 0;
      case MUL, SDIV, UDIV -> b == 1;
      case AND -> b == -1;
      case UMOD -> b == 0;
      case SMOD -> false;
    };
  }

  /// The number that `x op b` is for all x.
  static OptionalLong always(BinaryOp op, Type type, long b) {
    boolean zero =
        switch (op) {
          case MUL, AND, UDIV -> b == 0;
          case SMOD -> b == 1 || b == -1;
          case UMOD -> b == 1;
          case ADD, SUB, SDIV, OR, XOR, SHL, SHR, SAR -> false;
        };
    return zero ? OptionalLong.of(0) : op == BinaryOp.OR && b == -1 ? OptionalLong.of(-1) : none();
  }

  private static OptionalLong none() {
    return OptionalLong.empty();
  }

  /// The number c for which `(x inner a) outer b = x outer c` for all x.
  static OptionalLong merged(BinaryOp outer, BinaryOp inner, Type type, long a, long b) {
    if (outer != inner) {
      return none();
    }
    return switch (outer) {
      case ADD, MUL, AND, OR, XOR -> Arithmetic.binary(outer, type, a, b);
      case SUB -> Arithmetic.binary(BinaryOp.ADD, type, a, b);
      case SDIV, SMOD, UDIV, UMOD, SHL, SHR, SAR -> none();
    };
  }

  /// An operation that gives the same as another, with a number to the right.
  record Cheaper(Inst.Binary of, BinaryOp op, long right) {
    Inst.Binary over(Value constant) {
      return new Inst.Binary(of.result(), op, of.left(), constant, of.origin());
    }
  }

  /// What is cheaper than `i`, whose right side is the number `b`: shifts and masks for powers of
  /// two.
  static Optional<Cheaper> cheaper(Inst.Binary i, long b) {
    long unsigned = i.result().type() == Type.I64 ? b : b & 0xffff_ffffL;
    if (Long.bitCount(unsigned) != 1) {
      return Optional.empty();
    }
    int power = Long.numberOfTrailingZeros(unsigned);
    return switch (i.op()) {
      case MUL -> Optional.of(new Cheaper(i, BinaryOp.SHL, power));
      case UDIV -> Optional.of(new Cheaper(i, BinaryOp.SHR, power));
      case UMOD ->
          Optional.of(
              new Cheaper(i, BinaryOp.AND, i.result().type() == Type.I64 ? b - 1 : (int) (b - 1)));
      case ADD, SUB, SDIV, SMOD, AND, OR, XOR, SHL, SHR, SAR -> Optional.empty();
    };
  }

  /// What a conversion of a conversion comes down to.
  sealed interface Simpler {
    /// A value that exists already.
    record Same(Value value) implements Simpler {}

    /// A conversion of the innermost value.
    record Other(Inst inst) implements Simpler {}
  }

  /// `outer(inner(x))`, where `x` is `operand`.
  static Optional<Simpler> unary(Inst.Unary outer, Inst.Unary inner, Value operand) {
    Simpler direct =
        new Simpler.Other(new Inst.Unary(outer.result(), outer.op(), operand, outer.origin()));
    Simpler unchanged = new Simpler.Same(inner.result());
    Simpler undone = new Simpler.Same(operand);
    int bits = bits(inner.op());
    return switch (outer.op()) {
      case NEG, BE32, BE64 -> Optional.of(undone).filter(_ -> inner.op() == outer.op());
      case TRUNC ->
          Optional.of(undone)
              .filter(_ -> inner.op() == UnaryOp.SEXT32 || inner.op() == UnaryOp.ZEXT32);
      case ZEXT8, ZEXT16, SEXT8, SEXT16 -> {
        if (bits == 0) {
          yield Optional.empty();
        } else if (bits(outer.op()) <= bits && !(outer.op() == inner.op())) {
          yield Optional.of(direct);
        }
        boolean fits =
            outer.op() == inner.op()
                || inner.op() == UnaryOp.ZEXT8
                || (inner.op() == UnaryOp.SEXT8 && outer.op() == UnaryOp.SEXT16);
        yield Optional.of(unchanged).filter(_ -> fits);
      }
      case NUMBER -> Optional.of(unchanged).filter(_ -> inner.op() != UnaryOp.ADDRESS);
      case BE16, SEXT32, ZEXT32, ADDRESS, POINTER, ARENA, ARENA_ADDRESS -> Optional.empty();
    };
  }

  private static int bits(UnaryOp op) {
    return switch (op) {
      case SEXT8, ZEXT8 -> 8;
      case SEXT16, ZEXT16 -> 16;
      case NEG,
          SEXT32,
          ZEXT32,
          TRUNC,
          BE16,
          BE32,
          BE64,
          ADDRESS,
          POINTER,
          NUMBER,
          ARENA,
          ARENA_ADDRESS ->
          0;
    };
  }

  /// Whether the conversion leaves 0 and 1 as they are, and their type.
  static boolean keepsBit(UnaryOp op) {
    return bits(op) != 0;
  }
}
