package org.bpf4j.compiler.select;

import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Value;

/// What numbers are multiples of, as far as it can be seen from how they are computed.
final class Strides {

  /// The greatest that anybody asks for: the stack has 512 bytes.
  private static final int MOST = 512;

  /// How far computations are followed.
  private static final int DEPTH = 8;

  private Strides() {}

  /// A power of two that a number is a multiple of, at most [#MOST].
  static int of(Uses uses, Value value) {
    return of(uses, value, DEPTH);
  }

  private static int of(Uses uses, Value value, int depth) {
    if (depth == 0) {
      return 1;
    }
    return switch (uses.definition(value).orElse(null)) {
      case Inst.Const i -> of(i.value());
      case Inst.Refine i -> of(uses, i.value(), depth - 1);
      case Inst.Unary i ->
          switch (i.op()) {
            case NEG, SEXT32, ZEXT32, TRUNC, NUMBER -> of(uses, i.operand(), depth - 1);
            default -> 1;
          };
      case Inst.Binary i -> of(uses, i, depth - 1);
      case null, default -> 1;
    };
  }

  private static int of(Uses uses, Inst.Binary i, int depth) {
    int left = of(uses, i.left(), depth);
    int right = of(uses, i.right(), depth);
    return switch (i.op()) {
      case ADD, SUB, OR, XOR -> Math.min(left, right);
      case AND -> Math.max(left, right);
      case MUL -> Math.min(left * right, MOST);
      case SHL ->
          uses.definition(i.right()).orElse(null) instanceof Inst.Const by
                  && by.value() >= 0
                  && by.value() < Integer.SIZE
              ? (int) Math.min((long) left << by.value(), MOST)
              : left;
      default -> 1;
    };
  }

  private static int of(long constant) {
    return Math.toIntExact(Long.lowestOneBit(constant | MOST));
  }
}
