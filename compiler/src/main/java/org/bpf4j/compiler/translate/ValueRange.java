package org.bpf4j.compiler.translate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// Ranges of numbers, as far as the verifier knows them from how they were made: constants, narrow
/// loads, masks, shifts, sums and products of such.
final class ValueRange {

  /// How many definitions a question looks at; deeper expressions have no range.
  private static final int STEPS = 256;

  /// How many parameters a search for a source passes: a long loop has one behind each branch.
  private static final int PASSED = 16_384;

  private static final long MODEST = 1 << 29;

  private final SsaBuilder ssa;
  private int steps;

  /// A range of signed numbers that fits `int`.
  record Range(long min, long max) {
    Range plus(long constant) {
      return new Range(min + constant, max + constant);
    }

    /// Whether small numbers can be added to it without a thought of overflow.
    boolean isModest() {
      return min >= -MODEST && max <= MODEST;
    }

    Range union(Range other) {
      return new Range(Math.min(min, other.min), Math.max(max, other.max));
    }

    /// Whether it is one number.
    boolean isOne() {
      return min == max;
    }

    private Optional<Range> ifInt() {
      return min >= Integer.MIN_VALUE && max <= Integer.MAX_VALUE
          ? Optional.of(this)
          : Optional.empty();
    }
  }

  /// A number that is another one and a constant.
  record Sum(Value number, long constant) {}

  ValueRange(SsaBuilder ssa) {
    this.ssa = ssa;
  }

  /// What a number was before constants were added to it; together they stay modest.
  Sum sum(Value value) {
    Sum sum = new Sum(resolve(value), 0);
    for (int i = 0; i < STEPS; i++) {
      Sum before = before(sum);
      if (before.equals(sum)) {
        break;
      }
      sum = before;
    }
    return sum;
  }

  private Sum before(Sum sum) {
    return switch (ssa.definition(sum.number()).orElse(null)) {
      case Inst.Unary unary when unary.op() == UnaryOp.SEXT32 ->
          new Sum(resolve(unary.operand()), sum.constant());
      case Inst.Refine refine -> new Sum(resolve(refine.value()), sum.constant());
      case Inst.Binary binary -> {
        OptionalLong more = modest(binary, sum.constant());
        yield more.isPresent() ? new Sum(resolve(binary.left()), more.getAsLong()) : sum;
      }
      case null, default -> sum;
    };
  }

  /// A constant and what an addition adds, if that is a constant too.
  private OptionalLong modest(Inst.Binary sum, long constant) {
    long sign = sum.op() == BinaryOp.ADD ? 1 : sum.op() == BinaryOp.SUB ? -1 : 0;
    return of(sum.right())
        .filter(added -> sign != 0 && added.isOne())
        .map(added -> new Range(sign * added.min(), sign * added.min()).plus(constant))
        .filter(Range::isModest)
        .map(all -> OptionalLong.of(all.min()))
        .orElse(OptionalLong.empty());
  }

  Optional<Range> of(Value value) {
    steps = 0;
    return range(resolve(value), new HashSet<>());
  }

  /// The value that a parameter always receives, if there is one; else the value itself.
  Value resolve(Value value) {
    Set<Value> passed = new HashSet<>();
    Value at = value;
    while (passed.add(at)) {
      Optional<Value> source = onlySource(at);
      if (source.isPresent()) {
        return source.get();
      }
      Set<Value> arguments = new HashSet<>(arguments(at).orElse(Set.of()));
      arguments.remove(at);
      at = arguments.size() == 1 ? arguments.iterator().next() : at;
    }
    return at;
  }

  /// The value that reaches a parameter, by whatever parameters it passes, if it is only one.
  private Optional<Value> onlySource(Value parameter) {
    Set<Value> seen = new HashSet<>(Set.of(parameter));
    Deque<Value> open = new ArrayDeque<>(seen);
    Optional<Value> found = Optional.empty();
    while (!open.isEmpty()) {
      Value at = open.remove();
      Optional<Set<Value>> arguments = arguments(at);
      if (seen.size() > PASSED || (arguments.isEmpty() && found.isPresent())) {
        return Optional.empty();
      }
      if (arguments.isEmpty()) {
        found = Optional.of(at);
      }
      arguments.orElse(Set.of()).stream().filter(seen::add).forEach(open::add);
    }
    return found;
  }

  /// What a parameter receives, once no further edge will enter its block.
  private Optional<Set<Value>> arguments(Value parameter) {
    Optional<Draft> home = ssa.home(parameter);
    if (home.isEmpty() || !home.get().isSealed()) {
      return Optional.empty();
    }
    Set<Value> arguments = new HashSet<>();
    for (Draft.Arc arc : home.get().arrivals()) {
      Value argument = arc.arguments().get(parameter);
      if (argument == null) {
        return Optional.empty();
      }
      arguments.add(argument);
    }
    return Optional.of(arguments);
  }

  private Optional<Range> range(Value value, Set<Value> open) {
    Optional<Range> promised = ssa.promised(value);
    if (promised.isPresent()) {
      return promised;
    }
    if (steps++ > STEPS || !open.add(value)) {
      return Optional.empty();
    }
    Optional<Range> found =
        ssa.definition(value).isPresent()
            ? made(ssa.definition(value).get(), open)
            : joined(value, open);
    open.remove(value);
    return found;
  }

  private Optional<Range> joined(Value parameter, Set<Value> open) {
    Optional<Draft> home = ssa.home(parameter);
    if (home.isEmpty() || !home.get().isSealed()) {
      return Optional.empty();
    }
    Optional<Range> all = Optional.empty();
    for (Draft.Arc arc : home.get().arrivals()) {
      Value argument = arc.arguments().get(parameter);
      Optional<Range> one = argument == null ? Optional.empty() : range(argument, open);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      all = Optional.of(all.map(one.get()::union).orElse(one.get()));
    }
    return all;
  }

  /// One arm per instruction that has a range.
  private Optional<Range> made(Inst inst, Set<Value> open) {
    return switch (inst) {
      case Inst.Const i -> new Range(i.value(), i.value()).ifInt();
      case Inst.Compare _ -> Optional.of(new Range(0, 1));
      case Inst.Load i when !i.signed() && i.size() == MemorySize.B ->
          Optional.of(new Range(0, 0xff));
      case Inst.Load i when !i.signed() && i.size() == MemorySize.H ->
          Optional.of(new Range(0, 0xffff));
      case Inst.Refine i ->
          i.fact() instanceof Fact.Range(long min, long max) && min >= 0 && max >= 0
              ? new Range(min, max).ifInt()
              : range(i.value(), open);
      case Inst.Unary i -> converted(i, open);
      case Inst.Binary i -> computed(i, open);
      case Inst.Load _,
          Inst.Store _,
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
          Optional.empty();
    };
  }

  private Optional<Range> converted(Inst.Unary inst, Set<Value> open) {
    return switch (inst.op()) {
      case ZEXT8 -> Optional.of(new Range(0, 0xff));
      case ZEXT16, BE16 -> Optional.of(new Range(0, 0xffff));
      case SEXT32, TRUNC -> range(inst.operand(), open);
      case ZEXT32 -> range(inst.operand(), open).filter(r -> r.min() >= 0);
      case NEG, SEXT8, SEXT16, BE32, BE64, ADDRESS, POINTER, NUMBER, ARENA, ARENA_ADDRESS ->
          Optional.empty();
    };
  }

  private Optional<Range> computed(Inst.Binary inst, Set<Value> open) {
    Optional<Range> right = range(inst.right(), open);
    Optional<Range> mask = right.filter(r -> r.min() >= 0);
    if (inst.op() == BinaryOp.AND && mask.isPresent()) {
      return Optional.of(new Range(0, mask.get().max()));
    }
    Optional<Range> left = range(inst.left(), open);
    return switch (inst.op()) {
      case AND -> left.filter(r -> r.min() >= 0).map(r -> new Range(0, r.max()));
      case ADD -> both(left, right, (l, r) -> new Range(l.min() + r.min(), l.max() + r.max()));
      case SUB -> both(left, right, (l, r) -> new Range(l.min() - r.max(), l.max() - r.min()));
      case MUL ->
          both(
              left.filter(r -> r.min() >= 0),
              mask,
              (l, r) -> new Range(l.min() * r.min(), l.max() * r.max()));
      case SHL ->
          both(
              left.filter(r -> r.min() >= 0),
              mask.filter(r -> r.max() < 31),
              (l, r) -> new Range(l.min() << r.min(), l.max() << r.max()));
      case SHR -> shifted(inst, left);
      case SDIV, SMOD, UDIV, UMOD, OR, XOR, SAR -> Optional.empty();
    };
  }

  private Optional<Range> shifted(Inst.Binary inst, Optional<Range> left) {
    int width = inst.left().type() == Type.I32 ? 32 : 64;
    long count = ssa.constantOf(inst.right()).orElse(0) & (width - 1);
    if (left.isPresent() && left.get().min() >= 0) {
      return Optional.of(new Range(0, left.get().max() >> count));
    }
    return count > width - 32
        ? Optional.of(new Range(0, (1L << (width - count)) - 1))
        : Optional.empty();
  }

  private static Optional<Range> both(
      Optional<Range> left, Optional<Range> right, BinaryOperator<Range> combine) {
    return left.isPresent() && right.isPresent()
        ? combine.apply(left.get(), right.get()).ifInt()
        : Optional.empty();
  }
}
