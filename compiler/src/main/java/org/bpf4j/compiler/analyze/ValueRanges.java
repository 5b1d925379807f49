package org.bpf4j.compiler.analyze;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Between which unsigned numbers each value lies, in one version of a function.
///
/// Derived from constants, masks, narrow loads, extensions and facts; tests are used only through
/// the facts that they establish. What changes in a loop has no bounds but those of its type.
public final class ValueRanges {
  /// How often a parameter's bounds may grow before they are given up: enough for joins, few for
  /// loops.
  private static final int ROUNDS = 3;

  /// Bounds of a number that is read as unsigned; `min` ≤ `max`, as unsigned.
  public record Range(long min, long max) {

    /// The one number.
    static Range of(long number) {
      return new Range(number, number);
    }

    /// Whether it lies within the other.
    public boolean within(long otherMin, long otherMax) {
      return Long.compareUnsigned(min, otherMin) >= 0 && Long.compareUnsigned(max, otherMax) <= 0;
    }

    private Range join(Range other) {
      return new Range(lower(min, other.min), upper(max, other.max));
    }
  }

  private static long lower(long a, long b) {
    return Long.compareUnsigned(a, b) <= 0 ? a : b;
  }

  private static long upper(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0 ? a : b;
  }

  private static final long LOW_32 = 0xffff_ffffL;

  private final Map<Value, Range> ranges = new HashMap<>();
  private final Definitions definitions;
  private final boolean asVerifier;

  /// All bounds that can be derived.
  public static ValueRanges of(Function function) {
    return new ValueRanges(function, false);
  }

  /// Only bounds that the kernel's verifier derives too: it forgets a number at divisions, changes
  /// of byte order, negations and shifts by an unknown count.
  public static ValueRanges asSeenByVerifier(Function function) {
    return new ValueRanges(function, true);
  }

  private ValueRanges(Function function, boolean asVerifier) {
    this.definitions = Definitions.of(function);
    this.asVerifier = asVerifier;
    ControlFlow flow = ControlFlow.of(function);
    function.entry().parameters().forEach(p -> ranges.put(p, whole(p.type())));
    boolean changed = true;
    for (int round = 0; changed; round++) {
      changed = false;
      for (Block block : flow.order()) {
        for (Inst inst : block.insts()) {
          Optional<Value> result = inst.defined();
          if (result.isPresent()) {
            changed |= update(result.get(), range(inst, result.get()), false);
          }
        }
        for (Edge edge : block.terminator().edges()) {
          for (int i = 0; i < edge.arguments().size(); i++) {
            Value parameter = flow.block(edge.block()).parameters().get(i);
            changed |= update(parameter, of(edge.arguments().get(i)), round >= ROUNDS);
          }
        }
      }
    }
  }

  /// Adds numbers to a value's; `widen` gives up instead of growing step by step.
  private boolean update(Value value, Range range, boolean widen) {
    Range old = ranges.get(value);
    Range joined = old == null ? range : old.join(range);
    if (joined.equals(old)) {
      return false;
    }
    ranges.put(value, old != null && widen ? whole(value.type()) : joined);
    return true;
  }

  private static Range whole(Type type) {
    return new Range(0, type == Type.I32 ? LOW_32 : -1);
  }

  /// The bounds of a value. An `I32` is read as an unsigned number of 32 bits.
  public Range of(Value value) {
    Range range = ranges.get(value);
    return range != null ? range : whole(value.type());
  }

  /// Whether the value is not negative, read as signed.
  public boolean isNonNegative(Value value) {
    return of(value).within(0, value.type() == Type.I32 ? Integer.MAX_VALUE : Long.MAX_VALUE);
  }

  /// One arm per instruction.
  private Range range(Inst inst, Value result) {
    Range whole = whole(result.type());
    return switch (inst) {
      case Inst.Const i -> Range.of(result.type() == Type.I32 ? i.value() & LOW_32 : i.value());
      case Inst.Compare _ -> new Range(0, 1);
      case Inst.Load i ->
          i.size().bytes() < 4 && !i.signed()
              ? new Range(0, (1L << (8 * i.size().bytes())) - 1)
              : whole;
      case Inst.Refine i -> refined(i, of(i.value()));
      case Inst.Unary i -> unary(i, of(i.operand()), whole);
      case Inst.Binary i -> binary(i, of(i.left()), of(i.right()), whole);
      case Inst.Store _,
          Inst.Zero _,
          Inst.Copy _,
          Inst.Atomic _,
          Inst.StackAddress _,
          Inst.MapAddress _,
          Inst.GlobalAddress _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.PtrAdd _,
          Inst.CallKernel _,
          Inst.CallFunction _,
          Inst.CoreConst _ ->
          whole;
    };
  }

  private static Range refined(Inst.Refine refine, Range before) {
    if (!(refine.fact() instanceof Fact.Range(long min, long max))) {
      return before;
    }
    long low = upper(before.min, min);
    long high = lower(before.max, max);
    return Long.compareUnsigned(low, high) <= 0 ? new Range(low, high) : before;
  }

  private Range unary(Inst.Unary i, Range operand, Range whole) {
    return switch (i.op()) {
      case ZEXT8 -> operand.within(0, 0xff) ? operand : new Range(0, 0xff);
      case ZEXT16 -> operand.within(0, 0xffff) ? operand : new Range(0, 0xffff);
      case SEXT8 -> operand.within(0, 0x7f) ? operand : whole;
      case SEXT16 -> operand.within(0, 0x7fff) ? operand : whole;
      case SEXT32 -> operand.within(0, Integer.MAX_VALUE) ? operand : whole;
      case ZEXT32 -> operand;
      case TRUNC -> operand.within(0, LOW_32) ? operand : whole;
      case BE16 -> asVerifier ? whole : new Range(0, 0xffff);
      case NEG, BE32, BE64, ADDRESS, POINTER, NUMBER, ARENA, ARENA_ADDRESS -> whole;
    };
  }

  private Range binary(Inst.Binary i, Range left, Range right, Range whole) {
    OptionalLong constant = definitions.constant(i.right());
    int width = i.result().type() == Type.I64 ? 64 : 32;
    if (asVerifier && isShift(i.op()) && constant.isEmpty()) {
      return whole;
    }
    return switch (i.op()) {
      case AND -> new Range(0, lower(left.max, right.max));
      case OR, XOR -> new Range(0, onesUpTo(upper(left.max, right.max)));
      case ADD -> {
        long min = left.min + right.min;
        long max = left.max + right.max;
        boolean overflows = Long.compareUnsigned(max, left.max) < 0 || !fits(max, whole);
        yield overflows ? whole : new Range(min, max);
      }
      case SUB ->
          Long.compareUnsigned(left.min, right.max) >= 0
              ? new Range(left.min - right.max, left.max - right.min)
              : whole;
      case MUL -> {
        boolean small = left.within(0, LOW_32) && right.within(0, LOW_32);
        long max = left.max * right.max;
        yield small && fits(max, whole) ? new Range(left.min * right.min, max) : whole;
      }
      case SHL -> {
        int count = (int) constant.orElse(width) & (width - 1);
        boolean keeps = constant.isPresent() && Long.numberOfLeadingZeros(left.max) > count;
        yield keeps && fits(left.max << count, whole)
            ? new Range(left.min << count, left.max << count)
            : whole;
      }
      case SHR -> {
        int count = (int) constant.orElse(0) & (width - 1);
        yield constant.isPresent()
            ? new Range(left.min >>> count, left.max >>> count)
            : new Range(0, left.max);
      }
      case SAR -> {
        int count = (int) constant.orElse(0) & (width - 1);
        long sign = 1L << (width - 1);
        yield Long.compareUnsigned(left.max, sign) < 0
            ? new Range(constant.isPresent() ? left.min >>> count : 0, left.max >>> count)
            : whole;
      }
      case UDIV ->
          asVerifier || constant.isEmpty() || constant.getAsLong() <= 0
              ? whole
              : new Range(
                  Long.divideUnsigned(left.min, constant.getAsLong()),
                  Long.divideUnsigned(left.max, constant.getAsLong()));
      case UMOD ->
          asVerifier || constant.isEmpty() || constant.getAsLong() <= 0
              ? whole
              : new Range(0, lower(left.max, constant.getAsLong() - 1));
      case SDIV, SMOD -> whole;
    };
  }

  private static boolean isShift(Inst.BinaryOp op) {
    return op == Inst.BinaryOp.SHL || op == Inst.BinaryOp.SHR || op == Inst.BinaryOp.SAR;
  }

  private static boolean fits(long max, Range whole) {
    return Long.compareUnsigned(max, whole.max) <= 0;
  }

  /// The largest number with as many bits.
  private static long onesUpTo(long max) {
    return max == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(max);
  }
}
