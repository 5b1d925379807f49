package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// `java.lang.Math` methods that throw on overflow, which aborts, and those that round down.
final class ExactArithmetic {
  private final Body body;
  private final Code code;

  ExactArithmetic(Body body) {
    this.body = body;
    this.code = body.code;
  }

  Value toInt(Value value) {
    Value low = code.unary(UnaryOp.TRUNC, value);
    require(CompareOp.EQ, code.unary(UnaryOp.SEXT32, low), value);
    return low;
  }

  Value add(Value left, Value right) {
    if (left.type() == Type.I32) {
      return inLong(BinaryOp.ADD, left, right);
    }
    Value sum = code.binary(BinaryOp.ADD, left, right);
    sameSign(code.binary(BinaryOp.XOR, left, sum), code.binary(BinaryOp.XOR, right, sum));
    return sum;
  }

  Value subtract(Value left, Value right) {
    if (left.type() == Type.I32) {
      return inLong(BinaryOp.SUB, left, right);
    }
    Value difference = code.binary(BinaryOp.SUB, left, right);
    sameSign(code.binary(BinaryOp.XOR, left, right), code.binary(BinaryOp.XOR, left, difference));
    return difference;
  }

  /// Overflow has happened if both are negative.
  private void sameSign(Value one, Value other) {
    require(CompareOp.SGE, code.binary(BinaryOp.AND, one, other), code.i64(0));
  }

  /// Dividing the product gives the factor back unless it overflowed; the one quotient that
  /// overflows itself, of the least number by -1, is asked for by itself.
  Value multiply(Value left, Value right) {
    if (left.type() == Type.I32) {
      return inLong(BinaryOp.MUL, left, right);
    }
    Value product = code.binary(BinaryOp.MUL, left, right);
    Draft nonZero = code.ssa().newBlock();
    Draft minusOne = code.ssa().newBlock();
    Draft divide = code.ssa().newBlock();
    Draft done = code.ssa().newBlock();
    code.ssa().branch(CompareOp.EQ, left, code.i64(0), done, nonZero);
    code.ssa().enterSealed(nonZero);
    code.ssa().branch(CompareOp.EQ, left, code.i64(-1), minusOne, divide);
    code.ssa().enterSealed(minusOne);
    require(CompareOp.NE, right, code.i64(Long.MIN_VALUE));
    code.ssa().jump(done);
    code.ssa().enterSealed(divide);
    require(CompareOp.EQ, code.binary(BinaryOp.SDIV, product, left), right);
    code.ssa().jump(done);
    code.ssa().enterSealed(done);
    return product;
  }

  private Value inLong(BinaryOp op, Value left, Value right) {
    return toInt(
        code.binary(op, code.unary(UnaryOp.SEXT32, left), code.unary(UnaryOp.SEXT32, right)));
  }

  private void require(CompareOp op, Value left, Value right) {
    code.ssa().check(op, left, right, AbortReason.OVERFLOW);
  }

  /// The quotient, one less where signs differ and something remains.
  Value floorDiv(Value left, Value right) {
    Value quotient = body.arithmetic.divide(BinaryOp.SDIV, left, right);
    Value remainder = code.binary(BinaryOp.SMOD, left, right);
    return code.binary(BinaryOp.SUB, quotient, adjustment(remainder, right));
  }

  /// The remainder with the divisor's sign.
  Value floorMod(Value left, Value right) {
    Value remainder = body.arithmetic.divide(BinaryOp.SMOD, left, right);
    Value adjustment = adjustment(remainder, right);
    return code.binary(BinaryOp.ADD, remainder, code.binary(BinaryOp.MUL, adjustment, right));
  }

  /// The quotient, one more where signs agree and something remains.
  Value ceilDiv(Value left, Value right) {
    Value quotient = body.arithmetic.divide(BinaryOp.SDIV, left, right);
    Value remainder = code.binary(BinaryOp.SMOD, left, right);
    return code.binary(BinaryOp.ADD, quotient, upward(remainder, right));
  }

  /// The remainder with the sign that is not the divisor's.
  Value ceilMod(Value left, Value right) {
    Value remainder = body.arithmetic.divide(BinaryOp.SMOD, left, right);
    Value upward = upward(remainder, right);
    return code.binary(BinaryOp.SUB, remainder, code.binary(BinaryOp.MUL, upward, right));
  }

  /// 1 if the remainder is not zero and its sign is the divisor's, else 0.
  private Value upward(Value remainder, Value divisor) {
    Value some = code.compare(CompareOp.NE, remainder, 0);
    Value count = remainder.type() == Type.I64 ? code.unary(UnaryOp.ZEXT32, some) : some;
    return code.binary(BinaryOp.SUB, count, adjustment(remainder, divisor));
  }

  /// The divisor, once it is known that the quotient does not overflow: the least number by -1
  /// does.
  Value divisor(Value left, Value right) {
    long least = left.type() == Type.I64 ? Long.MIN_VALUE : Integer.MIN_VALUE;
    Value other = code.compare(CompareOp.NE, left, least);
    Value plain = code.compare(CompareOp.NE, right, -1);
    require(CompareOp.NE, code.binary(BinaryOp.OR, other, plain), code.i32(0));
    return right;
  }

  /// The upper half of the product of unsigned numbers, from products of their halves, none of
  /// which overflows.
  Value unsignedMultiplyHigh(Value left, Value right) {
    Value leftLow = low(left);
    Value leftHigh = high(left);
    Value rightLow = low(right);
    Value rightHigh = high(right);
    Value lowest = high(code.binary(BinaryOp.MUL, leftLow, rightLow));
    Value middle = code.binary(BinaryOp.ADD, code.binary(BinaryOp.MUL, leftHigh, rightLow), lowest);
    Value other =
        code.binary(BinaryOp.ADD, code.binary(BinaryOp.MUL, leftLow, rightHigh), low(middle));
    Value carries = code.binary(BinaryOp.ADD, high(middle), high(other));
    return code.binary(BinaryOp.ADD, code.binary(BinaryOp.MUL, leftHigh, rightHigh), carries);
  }

  /// Of signed numbers: less each factor whose partner is negative.
  Value multiplyHigh(Value left, Value right) {
    Value high = unsignedMultiplyHigh(left, right);
    Value less = code.binary(BinaryOp.SUB, high, ifNegative(left, right));
    return code.binary(BinaryOp.SUB, less, ifNegative(right, left));
  }

  private Value ifNegative(Value sign, Value value) {
    return code.binary(BinaryOp.AND, code.binary(BinaryOp.SAR, sign, code.i32(63)), value);
  }

  private Value low(Value value) {
    return code.unary(UnaryOp.ZEXT32, code.unary(UnaryOp.TRUNC, value));
  }

  private Value high(Value value) {
    return code.binary(BinaryOp.SHR, value, code.i32(32));
  }

  /// 1 if the remainder is not zero and its sign is not the divisor's, else 0.
  private Value adjustment(Value remainder, Value divisor) {
    Value signs = code.binary(BinaryOp.XOR, remainder, divisor);
    Value negative = code.compare(CompareOp.SLT, signs, 0);
    Value some = code.compare(CompareOp.NE, remainder, 0);
    Value both = code.binary(BinaryOp.AND, negative, some);
    return remainder.type() == Type.I64 ? code.unary(UnaryOp.ZEXT32, both) : both;
  }
}
