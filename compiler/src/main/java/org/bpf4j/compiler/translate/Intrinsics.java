package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Declaration.EnumConstant;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type.EnumType;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Methods of `java.lang` that compute a number of numbers, as their documentation says.
final class Intrinsics {
  private final Body body;
  private final Code code;
  private final BitTricks bits;
  private final ExactArithmetic exact;

  Intrinsics(Body body) {
    this.body = body;
    this.code = body.code;
    bits = new BitTricks(code);
    exact = new ExactArithmetic(body);
  }

  Operand call(Expr.LibraryCall call) {
    List<Value> arguments = new ArrayList<>();
    List<Expr> all = new ArrayList<>(call.receiver().stream().toList());
    all.addAll(call.arguments());
    for (Expr argument : all) {
      Value value = body.expressions.number(argument);
      arguments.add(value);
    }
    body.at(call.span());
    Primitive type =
        all.getFirst().type() instanceof EnumType
            ? Primitive.INT
            : Expressions.primitiveOf(all.getFirst().type());
    return Operand.of(
        switch (all.size()) {
          case 1 -> unary(call, arguments.getFirst(), type);
          case 2 -> binary(call, arguments.getFirst(), arguments.getLast(), type);
          default -> ternary(call, arguments.get(0), arguments.get(1), arguments.get(2));
        });
  }

  private Value ternary(Expr.LibraryCall call, Value first, Value second, Value third) {
    return switch (call.method()) {
      case CLAMP -> clamp(call, first, second, third);
      case CHECK_FROM_TO_INDEX -> {
        index(CompareOp.SGE, first, code.number(first.type(), 0));
        index(CompareOp.SLE, first, second);
        index(CompareOp.SLE, second, third);
        yield first;
      }
      case CHECK_FROM_INDEX_SIZE -> {
        for (Value value : List.of(first, second, third)) {
          index(CompareOp.SGE, value, code.number(value.type(), 0));
        }
        index(CompareOp.SLE, second, code.binary(BinaryOp.SUB, third, first));
        yield first;
      }
      default -> throw new CompilerBug(call.method() + " of three numbers");
    };
  }

  private void index(CompareOp op, Value left, Value right) {
    code.ssa().check(op, left, right, AbortReason.INDEX_OUT_OF_BOUNDS);
  }

  /// Java throws if the bounds are the wrong way round.
  private Value clamp(Expr.LibraryCall call, Value value, Value least, Value most) {
    Value low = wide(least, value);
    Value high = wide(most, value);
    code.ssa().check(CompareOp.SLE, low, high, AbortReason.VALUE_OUT_OF_RANGE);
    Value raised = code.choose(CompareOp.SGE, value, low, value, low);
    return narrow(
        code.choose(CompareOp.SLE, raised, high, raised, high),
        Expressions.primitiveOf(call.type()));
  }

  private Value unary(Expr.LibraryCall call, Value value, Primitive type) {
    return switch (call.method()) {
      case ABS -> abs(value);
      case TO_INT_EXACT -> exact.toInt(value);
      case ABS_EXACT -> {
        Value least = code.number(value.type(), least(value));
        code.ssa().check(CompareOp.NE, value, least, AbortReason.OVERFLOW);
        yield abs(value);
      }
      case NEGATE_EXACT -> exact.subtract(code.number(value.type(), 0), value);
      case INCREMENT_EXACT -> exact.add(value, code.number(value.type(), 1));
      case DECREMENT_EXACT -> exact.subtract(value, code.number(value.type(), 1));
      case HIGHEST_ONE_BIT ->
          code.binary(
              BinaryOp.AND,
              value,
              code.binary(
                  BinaryOp.SHR, code.number(value.type(), least(value)), bits.leadingZeros(value)));
      case LOWEST_ONE_BIT -> code.binary(BinaryOp.AND, value, code.unary(UnaryOp.NEG, value));
      case REVERSE -> reverseBytes(bits.reverseInBytes(value), type);
      case REVERSE_BYTES -> reverseBytes(value, type);
      case BIT_COUNT -> bits.count(value);
      case NUMBER_OF_LEADING_ZEROS -> bits.leadingZeros(value);
      case NUMBER_OF_TRAILING_ZEROS -> bits.trailingZeros(value);
      case SIGNUM -> signum(value);
      case HASH_CODE ->
          type == Primitive.LONG
              ? narrow(
                  code.binary(BinaryOp.XOR, value, code.binary(BinaryOp.SHR, value, code.i32(32))),
                  Primitive.INT)
              : value;
      case BOOLEAN_HASH_CODE ->
          code.choose(CompareOp.NE, value, code.i32(0), code.i32(1231), code.i32(1237));
      case TO_UNSIGNED_INT -> zeroExtend(value, type);
      case TO_UNSIGNED_LONG -> code.unary(UnaryOp.ZEXT32, zeroExtend(value, type));
      case ORDINAL -> ordinal(call, value);
      default -> throw new CompilerBug(call.method() + " of one number");
    };
  }

  private Value binary(Expr.LibraryCall call, Value left, Value right, Primitive type) {
    Primitive result = Expressions.primitiveOf(call.type());
    return switch (call.method()) {
      case MIN, BOX_MIN -> code.choose(CompareOp.SLE, left, right, left, right);
      case MAX, BOX_MAX -> code.choose(CompareOp.SGE, left, right, left, right);
      case SUM -> code.binary(BinaryOp.ADD, left, right);
      case ADD_EXACT -> exact.add(left, right);
      case SUBTRACT_EXACT -> exact.subtract(left, right);
      case MULTIPLY_EXACT -> exact.multiply(left, wide(right, left));
      case FLOOR_DIV -> exact.floorDiv(left, wide(right, left));
      case FLOOR_MOD -> narrow(exact.floorMod(left, wide(right, left)), result);
      case COMPARE, BOOLEAN_COMPARE -> compare(left, right, type);
      case CHECK_INDEX -> {
        index(CompareOp.SGE, right, code.number(right.type(), 0));
        index(CompareOp.ULT, left, right);
        yield left;
      }
      case LOGICAL_AND -> code.binary(BinaryOp.AND, left, right);
      case LOGICAL_OR -> code.binary(BinaryOp.OR, left, right);
      case LOGICAL_XOR -> code.binary(BinaryOp.XOR, left, right);
      case CEIL_DIV -> exact.ceilDiv(left, wide(right, left));
      case CEIL_MOD -> narrow(exact.ceilMod(left, wide(right, left)), result);
      case DIVIDE_EXACT -> body.arithmetic.divide(BinaryOp.SDIV, left, exact.divisor(left, right));
      case FLOOR_DIV_EXACT -> exact.floorDiv(left, exact.divisor(left, right));
      case CEIL_DIV_EXACT -> exact.ceilDiv(left, exact.divisor(left, right));
      case MULTIPLY_FULL ->
          code.binary(
              BinaryOp.MUL, code.unary(UnaryOp.SEXT32, left), code.unary(UnaryOp.SEXT32, right));
      case MULTIPLY_HIGH -> exact.multiplyHigh(left, right);
      case UNSIGNED_MULTIPLY_HIGH -> exact.unsignedMultiplyHigh(left, right);
      case COMPARE_UNSIGNED -> compareUnsigned(left, right, type);
      case DIVIDE_UNSIGNED -> body.arithmetic.divide(BinaryOp.UDIV, left, right);
      case REMAINDER_UNSIGNED -> body.arithmetic.divide(BinaryOp.UMOD, left, right);
      case ROTATE_LEFT -> rotate(BinaryOp.SHL, BinaryOp.SHR, left, right);
      case ROTATE_RIGHT -> rotate(BinaryOp.SHR, BinaryOp.SHL, left, right);
      default -> throw new CompilerBug(call.method() + " of two numbers");
    };
  }

  /// Overloads like `floorMod(long, int)` compute in `long`.
  private Value wide(Value value, Value like) {
    return like.type() == Type.I64 && value.type() == Type.I32
        ? code.unary(UnaryOp.SEXT32, value)
        : value;
  }

  private Value narrow(Value value, Primitive type) {
    return type != Primitive.LONG && value.type() == Type.I64
        ? code.unary(UnaryOp.TRUNC, value)
        : value;
  }

  /// The least number of the value's type.
  private static long least(Value value) {
    return value.type() == Type.I64 ? Long.MIN_VALUE : Integer.MIN_VALUE;
  }

  private Value abs(Value value) {
    Value sign = code.binary(BinaryOp.SAR, value, code.i32(BitTricks.width(value) - 1));
    return code.binary(BinaryOp.SUB, code.binary(BinaryOp.XOR, value, sign), sign);
  }

  /// `compare` of small types is documented as -1, 0, 1 in sign only, and subtracts in fact.
  private Value compare(Value left, Value right, Primitive type) {
    return switch (type) {
      case BYTE, SHORT, CHAR -> code.binary(BinaryOp.SUB, left, right);
      case BOOLEAN, INT, LONG -> difference(CompareOp.SGT, CompareOp.SLT, left, right);
    };
  }

  /// Small types are documented to subtract.
  private Value compareUnsigned(Value left, Value right, Primitive type) {
    return switch (type) {
      case BYTE, SHORT ->
          code.binary(BinaryOp.SUB, zeroExtend(left, type), zeroExtend(right, type));
      case BOOLEAN, CHAR, INT, LONG -> difference(CompareOp.UGT, CompareOp.ULT, left, right);
    };
  }

  private Value difference(CompareOp above, CompareOp below, Value left, Value right) {
    return code.binary(
        BinaryOp.SUB, code.compare(above, left, right), code.compare(below, left, right));
  }

  private Value rotate(BinaryOp towards, BinaryOp away, Value value, Value distance) {
    Value back = code.unary(UnaryOp.NEG, distance);
    return code.binary(
        BinaryOp.OR, code.binary(towards, value, distance), code.binary(away, value, back));
  }

  /// Objects are little-endian, so converting to network order reverses.
  private Value reverseBytes(Value value, Primitive type) {
    return switch (type) {
      case LONG -> code.unary(UnaryOp.BE64, value);
      case INT -> code.unary(UnaryOp.BE32, value);
      case CHAR -> code.unary(UnaryOp.BE16, value);
      case SHORT -> code.unary(UnaryOp.SEXT16, code.unary(UnaryOp.BE16, value));
      case BYTE, BOOLEAN -> throw new CompilerBug("reverseBytes of " + type);
    };
  }

  private Value signum(Value value) {
    Value shift = code.i32(BitTricks.width(value) - 1);
    Value negative = code.binary(BinaryOp.SAR, value, shift);
    Value positive = code.binary(BinaryOp.SHR, code.unary(UnaryOp.NEG, value), shift);
    return narrow(code.binary(BinaryOp.OR, negative, positive), Primitive.INT);
  }

  private Value zeroExtend(Value value, Primitive type) {
    return switch (type) {
      case BYTE -> code.unary(UnaryOp.ZEXT8, value);
      case SHORT -> code.unary(UnaryOp.ZEXT16, value);
      case BOOLEAN, CHAR, INT -> value;
      case LONG -> throw new CompilerBug("toUnsigned of a long");
    };
  }

  /// The position of a constant, whose representation may be another number.
  private Value ordinal(Expr.LibraryCall call, Value value) {
    if (!(LibraryCalls.receiverOf(call).type() instanceof EnumType type)) {
      throw new CompilerBug("ordinal of something that is no enum");
    }
    if (body.scope.mayBeNull(type)) {
      Value none = code.i32(body.numbers.nullOf(type));
      code.ssa().check(CompareOp.NE, value, none, AbortReason.NO_MATCH);
    }
    List<EnumConstant> constants = body.numbers.constants(type);
    Value result = value;
    for (int i = 0; i < constants.size(); i++) {
      int number = constants.get(i).value();
      if (number != i) {
        result = code.choose(CompareOp.EQ, value, code.i32(number), code.i32(i), result);
      }
    }
    return result;
  }
}
