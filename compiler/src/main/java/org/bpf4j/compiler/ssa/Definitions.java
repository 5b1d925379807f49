package org.bpf4j.compiler.ssa;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Which instruction defines which value, in one version of a function.
///
/// Block parameters have no defining instruction. Every pass asks this of every value, so the
/// instructions are found by the values' numbers.
public final class Definitions {
  private static final int INITIAL = 64;

  private @Nullable Inst[] insts = new Inst[INITIAL];

  /// Looks at a function.
  public static Definitions of(Function function) {
    return new Definitions(function);
  }

  private Definitions(Function function) {
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        inst.defined().ifPresent(value -> put(value, inst));
      }
    }
  }

  private void put(Value value, Inst inst) {
    if (value.id() >= insts.length) {
      insts = Arrays.copyOf(insts, Math.max(value.id() + 1, insts.length * 2));
    }
    insts[value.id()] = inst;
  }

  private @Nullable Inst get(Value value) {
    return value.id() < insts.length ? insts[value.id()] : null;
  }

  /// The instruction that defines the value; empty for a block's parameter.
  public Optional<Inst> of(Value value) {
    return Optional.ofNullable(get(value));
  }

  /// The number, if the value is a [Inst.Const].
  public OptionalLong constant(Value value) {
    return get(value) instanceof Inst.Const c ? OptionalLong.of(c.value()) : OptionalLong.empty();
  }

  /// Whether the value is that number.
  public boolean isConstant(Value value, long number) {
    return get(value) instanceof Inst.Const c && c.value() == number;
  }

  /// The value without the facts that are known of it.
  public Value unrefined(Value value) {
    Value current = value;
    while (get(current) instanceof Inst.Refine refine) {
      current = refine.value();
    }
    return current;
  }

  /// Whether the verifier knows a bound of the number, so that it may be added to an address: a
  /// constant, a refined value, a narrow load or a mask, and sums and products with constants of
  /// such.
  public boolean isBounded(Value value) {
    return isBounded(value, 16);
  }

  private boolean isBounded(Value value, int depth) {
    if (depth == 0) {
      return false;
    }
    return switch (get(value)) {
      case Inst.Const _, Inst.CoreConst _ -> true;
      case Inst.Refine r -> r.fact() instanceof Fact.Range || isBounded(r.value(), depth - 1);
      case Inst.Load l -> !l.signed() && l.size().bytes() <= 2;
      case Inst.Unary u ->
          switch (u.op()) {
            case ZEXT8, ZEXT16 -> true;
            case ZEXT32, SEXT32, TRUNC -> isBounded(u.operand(), depth - 1);
            case NEG,
                SEXT8,
                SEXT16,
                BE16,
                BE32,
                BE64,
                ADDRESS,
                POINTER,
                NUMBER,
                ARENA,
                ARENA_ADDRESS ->
                false;
          };
      case Inst.Binary b ->
          switch (b.op()) {
            case ADD, MUL, OR, SUB ->
                isBounded(b.left(), depth - 1) && isBounded(b.right(), depth - 1);
            case AND -> isBounded(b.left(), depth - 1) || isBounded(b.right(), depth - 1);
            case SHL, SAR -> isBounded(b.left(), depth - 1) && get(b.right()) instanceof Inst.Const;
            case SHR -> get(b.right()) instanceof Inst.Const;
            case SDIV, SMOD, UDIV, UMOD, XOR -> false;
          };
      case null, default -> false;
    };
  }
}
