package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Counting bits without instructions for it, branch-free (Warren, "Hacker's Delight", chapter 5).
final class BitTricks {
  private final Code code;

  BitTricks(Code code) {
    this.code = code;
  }

  static int width(Value value) {
    return value.type() == Type.I64 ? 64 : 32;
  }

  /// The number of one bits, `I32`: sums of neighbours in fields of 2, 4 and 8 bits, which a
  /// multiplication adds up in the highest byte.
  Value count(Value value) {
    Value pairs = code.binary(BinaryOp.SUB, value, and(shift(value, 1), 0x5555_5555_5555_5555L));
    Value nibbles =
        code.binary(
            BinaryOp.ADD,
            and(pairs, 0x3333_3333_3333_3333L),
            and(shift(pairs, 2), 0x3333_3333_3333_3333L));
    Value bytes =
        and(code.binary(BinaryOp.ADD, nibbles, shift(nibbles, 4)), 0x0f0f_0f0f_0f0f_0f0fL);
    Value sum = code.binary(BinaryOp.MUL, bytes, 0x0101_0101_0101_0101L);
    Value count = shift(sum, width(value) - 8);
    return count.type() == Type.I64 ? code.unary(UnaryOp.TRUNC, count) : count;
  }

  /// The width minus the number of bits from the highest one down.
  Value leadingZeros(Value value) {
    Value smeared = value;
    for (int distance = 1; distance < width(value); distance *= 2) {
      smeared = code.binary(BinaryOp.OR, smeared, shift(smeared, distance));
    }
    return code.binary(BinaryOp.SUB, code.i32(width(value)), count(smeared));
  }

  /// The number of bits below the lowest one.
  Value trailingZeros(Value value) {
    Value below =
        code.binary(
            BinaryOp.AND,
            code.binary(BinaryOp.XOR, value, -1),
            code.binary(BinaryOp.SUB, value, 1));
    return count(below);
  }

  /// The bits of each byte in reverse order: neighbours, then pairs, then halves change places.
  Value reverseInBytes(Value value) {
    Value pairs = exchanged(value, 1, 0x5555_5555_5555_5555L);
    Value halves = exchanged(pairs, 2, 0x3333_3333_3333_3333L);
    return exchanged(halves, 4, 0x0f0f_0f0f_0f0f_0f0fL);
  }

  private Value exchanged(Value value, int distance, long mask) {
    Value up = code.binary(BinaryOp.SHL, and(value, mask), code.i32(distance));
    return code.binary(BinaryOp.OR, up, and(shift(value, distance), mask));
  }

  private Value shift(Value value, int distance) {
    return code.binary(BinaryOp.SHR, value, code.i32(distance));
  }

  private Value and(Value value, long mask) {
    return code.binary(BinaryOp.AND, value, mask);
  }
}
