package org.bpf4j.compiler.ssa;

import java.util.OptionalLong;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;

/// What the operations of SSA compute.
///
/// An `I32` number is represented as in [Inst.Const]: by its 32 bits, sign-extended.
public final class Arithmetic {
  private Arithmetic() {}

  /// The result of a binary operation on numbers of a type; empty for signed division by zero,
  /// which has none. One arm per operation.
  public static OptionalLong binary(BinaryOp op, Type type, long left, long right) {
    boolean wide = type == Type.I64;
    int count = (int) right & (wide ? 63 : 31);
    long unsignedLeft = wide ? left : left & 0xffff_ffffL;
    long unsignedRight = wide ? right : right & 0xffff_ffffL;
    long result =
        switch (op) {
          case ADD -> left + right;
          case SUB -> left - right;
          case MUL -> left * right;
          case SDIV, SMOD -> {
            if (right == 0) {
              yield 0;
            }
            yield op == BinaryOp.SDIV ? left / right : left % right;
          }
          case UDIV -> right == 0 ? 0 : Long.divideUnsigned(unsignedLeft, unsignedRight);
          case UMOD -> right == 0 ? left : Long.remainderUnsigned(unsignedLeft, unsignedRight);
          case AND -> left & right;
          case OR -> left | right;
          case XOR -> left ^ right;
          case SHL -> left << count;
          case SHR -> unsignedLeft >>> count;
          case SAR -> left >> count;
        };
    boolean signedDivision = op == BinaryOp.SDIV || op == BinaryOp.SMOD;
    return signedDivision && right == 0
        ? OptionalLong.empty()
        : OptionalLong.of(wide ? result : (int) result);
  }

  /// The result of a unary operation that is arithmetic; `type` is the result's. One arm per
  /// operation.
  public static long unary(UnaryOp op, Type type, long operand) {
    return switch (op) {
      case NEG -> type == Type.I64 ? -operand : (int) -operand;
      case SEXT8 -> (byte) operand;
      case SEXT16 -> (short) operand;
      case ZEXT8 -> operand & 0xff;
      case ZEXT16 -> operand & 0xffff;
      case SEXT32, ADDRESS, POINTER, NUMBER -> operand;
      case ZEXT32 -> operand & 0xffff_ffffL;
      case TRUNC -> (int) operand;
      case BE16 -> Short.reverseBytes((short) operand) & 0xffff;
      case BE32 -> Integer.reverseBytes((int) operand);
      case BE64 -> Long.reverseBytes(operand);
      case ARENA, ARENA_ADDRESS -> throw new CompilerBug(op + " is not arithmetic");
    };
  }

  /// Whether a condition holds; for `I32` numbers as for `I64`, since sign extension keeps both
  /// orders.
  public static boolean compare(CompareOp op, long left, long right) {
    return switch (op) {
      case EQ -> left == right;
      case NE -> left != right;
      case SLT -> left < right;
      case SLE -> left <= right;
      case SGT -> left > right;
      case SGE -> left >= right;
      case ULT -> Long.compareUnsigned(left, right) < 0;
      case ULE -> Long.compareUnsigned(left, right) <= 0;
      case UGT -> Long.compareUnsigned(left, right) > 0;
      case UGE -> Long.compareUnsigned(left, right) >= 0;
    };
  }

  /// Whether a condition holds of two equal values.
  public static boolean holdsForEqual(CompareOp op) {
    return compare(op, 0, 0);
  }
}
