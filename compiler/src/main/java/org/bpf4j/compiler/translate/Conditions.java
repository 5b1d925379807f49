package org.bpf4j.compiler.translate;

import java.util.List;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;

/// Boolean expressions: as branches where control depends on them, as 0 or 1 elsewhere.
final class Conditions {
  private final Body body;
  private final Code code;

  Conditions(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// Evaluates a condition and goes to one of two blocks.
  void branch(Expr condition, Draft then, Draft otherwise) {
    switch (condition) {
      case Expr.Literal literal -> code.ssa().jump(literal.value() != 0 ? then : otherwise);
      case Expr.Logical(boolean and, Expr left, Expr right, _) -> {
        Draft middle = code.ssa().newBlock();
        if (and) {
          branch(left, middle, otherwise);
        } else {
          branch(left, then, middle);
        }
        code.ssa().enterSealed(middle);
        branch(right, then, otherwise);
      }
      case Expr.Unary(Expr.UnaryOp op, Expr operand, _, _) when op == Expr.UnaryOp.NOT ->
          branch(operand, otherwise, then);
      case Expr.Binary binary when binary.left().type() instanceof Type.RecordType type -> {
        Value equal = recordsEqual(binary, type);
        code.ssa().branch(CompareOp.NE, equal, code.i32(0), then, otherwise);
      }
      case Expr.Binary binary when binary.op().isComparison() -> {
        Value left = body.expressions.number(binary.left());
        Value right = body.expressions.number(binary.right());
        body.at(binary.span());
        code.ssa().branch(Arithmetic.condition(binary.op()), left, right, then, otherwise);
      }
      case Expr.Bind bind -> {
        body.expressions.bind(bind);
        code.ssa().jump(then);
      }
      case Expr.IsNull test -> {
        NullTest nullTest = nullTest(test);
        code.ssa().branch(CompareOp.EQ, nullTest.tested(), nullTest.nothing(), then, otherwise);
      }
      default -> {
        Value value = body.expressions.number(condition);
        body.at(condition.span());
        code.ssa().branch(CompareOp.NE, value, code.i32(0), then, otherwise);
      }
    }
  }

  /// `&&` or `||` as 0 or 1.
  Value logical(Expr.Logical expr) {
    Draft yes = code.ssa().newBlock();
    Draft no = code.ssa().newBlock();
    Draft join = code.ssa().newBlock();
    Value result = code.ssa().parameter(join, org.bpf4j.compiler.ssa.Type.I32);
    branch(expr, yes, no);
    body.at(expr.span());
    for (Draft side : List.of(yes, no)) {
      code.ssa().enterSealed(side);
      code.ssa().jump(join, code.i32(side == yes ? 1 : 0));
    }
    code.ssa().enterSealed(join);
    return result;
  }

  Value comparison(Expr.Binary expr) {
    if (expr.left().type() instanceof Type.RecordType type) {
      return recordsEqual(expr, type);
    }
    Value left = body.expressions.number(expr.left());
    Value right = body.expressions.number(expr.right());
    body.at(expr.span());
    return code.compare(Arithmetic.condition(expr.op()), left, right);
  }

  /// `left.equals(right)` of records: the receiver must be there, and null equals none.
  private Value recordsEqual(Expr.Binary expr, Type.RecordType type) {
    Operand left = body.expressions.value(expr.left());
    Operand right = body.expressions.valueAs(expr.right(), type);
    body.at(expr.span());
    String subject = Subjects.of(expr.left());
    Value equal = code.compare(CompareOp.NE, right.flag(), 0);
    for (int i = 1; i < left.parts().size(); i++) {
      Value mine = code.refine(left.parts().get(i), new Fact.Present(left.flag(), subject));
      Value same = code.compare(CompareOp.EQ, mine, right.parts().get(i));
      equal = code.binary(BinaryOp.AND, equal, same);
    }
    return expr.op() == Expr.BinaryOp.NE ? not(equal) : equal;
  }

  Value not(Value value) {
    return code.binary(BinaryOp.XOR, value, 1);
  }

  Value isNull(Expr.IsNull expr) {
    NullTest test = nullTest(expr);
    return code.compare(CompareOp.EQ, test.tested(), test.nothing());
  }

  /// Aborts if a value of a type is null.
  void requireNonNull(Operand operand, Type type) {
    Value tested = operand.flag();
    long nothing = type instanceof Type.EnumType e ? body.numbers.nullOf(e) : 0;
    code.ssa()
        .check(
            CompareOp.NE, tested, code.number(tested.type(), nothing), AbortReason.NULL_REFERENCE);
  }

  /// Whether values of one type are equal as `Objects.equals` has it: null equals null.
  Value equal(Operand left, Operand right) {
    List<Value> mine = left.parts();
    List<Value> others = right.parts();
    if (mine.size() == 1) {
      return code.compare(CompareOp.EQ, mine.getFirst(), others.getFirst());
    }
    Value same = code.compare(CompareOp.EQ, left.flag(), 0);
    Value rest = code.i32(1);
    for (int i = 1; i < mine.size(); i++) {
      rest =
          code.binary(BinaryOp.AND, rest, code.compare(CompareOp.EQ, mine.get(i), others.get(i)));
    }
    return code.binary(
        BinaryOp.AND,
        code.compare(CompareOp.EQ, left.flag(), right.flag()),
        code.binary(BinaryOp.OR, same, rest));
  }

  private record NullTest(Value tested, Value nothing) {}

  /// What is compared with what; the value itself is null, so `null == null` is two zeroes.
  private NullTest nullTest(Expr.IsNull expr) {
    if (expr.object() instanceof Expr.Null) {
      body.at(expr.span());
      return new NullTest(code.i32(0), code.i32(0));
    }
    Operand operand = body.expressions.value(expr.object());
    body.at(expr.span());
    Value tested = operand.flag();
    long nothing =
        expr.object().type() instanceof Type.EnumType type ? body.numbers.nullOf(type) : 0;
    return new NullTest(tested, code.number(tested.type(), nothing));
  }
}
