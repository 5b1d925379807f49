package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;

/// Java's binary operators on `int`, `long` and `boolean`.
final class Arithmetic {
  private final Code code;

  Arithmetic(Code code) {
    this.code = code;
  }

  /// An operator that is no comparison; division by zero aborts.
  Value binary(Expr.BinaryOp op, Value left, Value right) {
    return switch (op) {
      case ADD -> code.binary(BinaryOp.ADD, left, right);
      case SUB -> code.binary(BinaryOp.SUB, left, right);
      case MUL -> code.binary(BinaryOp.MUL, left, right);
      case DIV -> divide(BinaryOp.SDIV, left, right);
      case REM -> divide(BinaryOp.SMOD, left, right);
      case AND -> code.binary(BinaryOp.AND, left, right);
      case OR -> code.binary(BinaryOp.OR, left, right);
      case XOR -> code.binary(BinaryOp.XOR, left, right);
      case SHL -> code.binary(BinaryOp.SHL, left, right);
      case SHR -> code.binary(BinaryOp.SAR, left, right);
      case USHR -> code.binary(BinaryOp.SHR, left, right);
      case EQ, NE, LT, LE, GT, GE -> throw new CompilerBug(op + " is a comparison");
    };
  }

  /// A division of any kind by a number that aborts if it is zero.
  Value divide(BinaryOp op, Value left, Value right) {
    boolean safe = code.constantOf(right).orElse(0) != 0;
    if (!safe) {
      code.ssa()
          .check(CompareOp.NE, right, code.number(right.type(), 0), AbortReason.DIVISION_BY_ZERO);
    }
    return code.binary(op, left, right);
  }

  /// The condition of a comparison; all of Java's are signed, and `char` and `boolean` are never
  /// negative.
  static CompareOp condition(Expr.BinaryOp op) {
    return switch (op) {
      case EQ -> CompareOp.EQ;
      case NE -> CompareOp.NE;
      case LT -> CompareOp.SLT;
      case LE -> CompareOp.SLE;
      case GT -> CompareOp.SGT;
      case GE -> CompareOp.SGE;
      case ADD, SUB, MUL, DIV, REM, AND, OR, XOR, SHL, SHR, USHR ->
          throw new CompilerBug(op + " is no comparison");
    };
  }
}
