package org.bpf4j.compiler.translate;

import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.ssa.Inst.AtomicOp;

/// A lambda that one atomic instruction does as a whole: `n -> n | bits`, `(a, b) -> a + b`,
/// `Long::sum`.
///
/// @param op what the instruction does
/// @param operand with what, where the lambda has no parameter for it
/// @param negated whether the operand is taken away, for which there is no instruction
record AtomicStep(AtomicOp op, Optional<Expr> operand, boolean negated) {

  static Optional<AtomicStep> of(Expr.Lambda lambda) {
    if (lambda.body().statements().size() != 1
        || !(lambda.body().statements().getFirst() instanceof Stmt.Return(var value, _))
        || value.isEmpty()) {
      return Optional.empty();
    }
    return switch (value.get()) {
      case Expr.Binary sum when sum.type().equals(lambda.result()) ->
          operator(sum.op()).flatMap(op -> step(lambda, op, sum));
      case Expr.LibraryCall call
          when call.method() == Library.SUM && call.type().equals(lambda.result()) ->
          step(lambda, AtomicOp.ADD, call.arguments().getFirst(), call.arguments().getLast());
      default -> Optional.empty();
    };
  }

  private static Optional<AtomicOp> operator(Expr.BinaryOp op) {
    return switch (op) {
      case ADD, SUB -> Optional.of(AtomicOp.ADD);
      case AND -> Optional.of(AtomicOp.AND);
      case OR -> Optional.of(AtomicOp.OR);
      case XOR -> Optional.of(AtomicOp.XOR);
      case MUL, DIV, REM, SHL, SHR, USHR, EQ, NE, LT, LE, GT, GE -> Optional.empty();
    };
  }

  private static Optional<AtomicStep> step(Expr.Lambda lambda, AtomicOp op, Expr.Binary sum) {
    if (sum.op() != Expr.BinaryOp.SUB) {
      return step(lambda, op, sum.left(), sum.right());
    }
    return isCell(lambda, sum.left()) ? with(lambda, op, sum.right(), true) : Optional.empty();
  }

  private static Optional<AtomicStep> step(Expr.Lambda lambda, AtomicOp op, Expr left, Expr right) {
    if (isCell(lambda, left)) {
      return with(lambda, op, right, false);
    }
    return isCell(lambda, right) ? with(lambda, op, left, false) : Optional.empty();
  }

  private static Optional<AtomicStep> with(
      Expr.Lambda lambda, AtomicOp op, Expr operand, boolean negated) {
    if (lambda.parameters().size() == 2) {
      return operand instanceof Expr.LocalPlace(Local local, _)
              && local.equals(lambda.parameters().getLast())
          ? Optional.of(new AtomicStep(op, Optional.empty(), negated))
          : Optional.empty();
    }
    return isConstant(lambda, operand)
        ? Optional.of(new AtomicStep(op, Optional.of(operand), negated))
        : Optional.empty();
  }

  private static boolean isCell(Expr.Lambda lambda, Expr expr) {
    return expr instanceof Expr.LocalPlace(Local local, _)
        && local.equals(lambda.parameters().getFirst());
  }

  /// Whether it gives the same each time that the lambda is called, and does nothing else.
  private static boolean isConstant(Expr.Lambda lambda, Expr expr) {
    return switch (expr) {
      case Expr.Literal _ -> true;
      case Expr.LocalPlace(Local local, _) -> !lambda.parameters().contains(local);
      case Expr.Unary unary -> isConstant(lambda, unary.operand());
      case Expr.Convert convert -> isConstant(lambda, convert.operand());
      case Expr.Binary binary ->
          isConstant(lambda, binary.left()) && isConstant(lambda, binary.right());
      default -> false;
    };
  }
}
