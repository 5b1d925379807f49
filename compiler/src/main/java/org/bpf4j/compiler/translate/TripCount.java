package org.bpf4j.compiler.translate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Value;

/// Counts the rounds after which the verifier sees a loop end: a variable that starts in a known
/// range and changes by a constant in each round is compared, in each round, with a bound of known
/// range.
///
/// It is asked at the loop's end, before the edge back to its head is made. What it does not
/// understand is unbounded, which costs a budget but is never wrong.
final class TripCount {

  /// The most rounds of a loop without a budget: with the million instructions that the verifier
  /// follows (`BPF_COMPLEXITY_LIMIT_INSNS`), 15 for each round, which a short loop needs.
  private static final long LIMIT = 65_536;

  private final SsaBuilder ssa;
  private final ValueRange ranges;

  /// How many rounds a loop has at most.
  ///
  /// @param constant whether the counter is compared with a constant: only since 6.8 does the
  ///   verifier see what comes of comparing two ranges
  /// @param known whether it also starts with one, so that the verifier decides each comparison:
  ///   only then did it heed the counter, before 6.8, when it looked for states that come again
  record Rounds(long most, boolean constant, boolean known) {}

  private record Induction(Value parameter, Value next, long step, ValueRange.Range start) {}

  TripCount(SsaBuilder ssa) {
    this.ssa = ssa;
    this.ranges = new ValueRange(ssa);
  }

  /// The most rounds of a loop, if there is a bound of them; one by a constant is preferred.
  Optional<Rounds> of(Draft head, Draft exit) {
    Set<Induction> inductions = inductions(head);
    Optional<Rounds> found = Optional.empty();
    for (Draft.Arc arc : exit.arrivals()) {
      if (arc.from().isFilled()
          && arc.from().terminator() instanceof Terminator.Branch branch
          && inEveryRound(arc.from(), head)) {
        boolean staysOnTrue = arc.from().departures().getLast() == arc;
        CompareOp stay = staysOnTrue ? branch.op() : branch.op().negated();
        for (Induction induction : inductions) {
          Optional<Rounds> rounds =
              rounds(induction, stay, branch.left(), branch.right())
                  .or(() -> rounds(induction, stay.swapped(), branch.right(), branch.left()))
                  .filter(r -> r.most() <= LIMIT);
          if (rounds.isPresent() && (found.isEmpty() || rounds.get().constant())) {
            found = rounds;
          }
        }
      }
    }
    return found;
  }

  private Set<Induction> inductions(Draft head) {
    Set<Induction> found = new LinkedHashSet<>();
    for (Map.Entry<Variable, Value> entry : new LinkedHashMap<>(head.pending()).entrySet()) {
      Value parameter = entry.getValue();
      Value next = ranges.resolve(ssa.read(entry.getKey()));
      OptionalLong step = step(parameter, next);
      Optional<ValueRange.Range> start = start(head, entry.getKey());
      if (step.isPresent() && start.isPresent()) {
        found.add(new Induction(parameter, next, step.getAsLong(), start.get()));
      }
    }
    return found;
  }

  private OptionalLong step(Value parameter, Value next) {
    if (!(ssa.definition(next).orElse(null) instanceof Inst.Binary sum)
        || !ranges.resolve(sum.left()).equals(parameter)) {
      return OptionalLong.empty();
    }
    OptionalLong constant = ssa.constantOf(sum.right());
    return switch (sum.op()) {
      case ADD -> constant;
      case SUB ->
          constant.isPresent() ? OptionalLong.of(-constant.getAsLong()) : OptionalLong.empty();
      case MUL, SDIV, SMOD, UDIV, UMOD, AND, OR, XOR, SHL, SHR, SAR -> OptionalLong.empty();
    };
  }

  /// The range of a variable before the first round; `continue` does not enter the head, so all
  /// edges so far do.
  private Optional<ValueRange.Range> start(Draft head, Variable variable) {
    Optional<ValueRange.Range> all = Optional.empty();
    for (Draft.Arc arc : head.arrivals()) {
      Optional<ValueRange.Range> one = ranges.of(ssa.readAtEnd(arc.from(), variable));
      if (one.isEmpty()) {
        return Optional.empty();
      }
      all = Optional.of(all.map(one.get()::union).orElse(one.get()));
    }
    return all;
  }

  /// Whether the loop cannot come round without passing the block.
  private boolean inEveryRound(Draft block, Draft head) {
    Set<Draft> seen = new HashSet<>(List.of(block));
    Deque<Draft> open = new ArrayDeque<>();
    if (seen.add(ssa.current())) {
      open.add(ssa.current());
    }
    while (!open.isEmpty()) {
      Draft at = open.remove();
      if (at == head) {
        return false;
      }
      for (Draft.Arc arc : at.arrivals()) {
        if (seen.add(arc.from())) {
          open.add(arc.from());
        }
      }
    }
    return true;
  }

  private Optional<Rounds> rounds(Induction induction, CompareOp stay, Value tested, Value bound) {
    Value counter = through(tested);
    Optional<ValueRange.Range> limit = ranges.of(bound);
    if (limit.isEmpty()
        || (!counter.equals(induction.parameter()) && !counter.equals(induction.next()))) {
      return Optional.empty();
    }
    OptionalLong most = most(induction, stay, limit.get());
    boolean constant = limit.get().min() == limit.get().max();
    boolean known = constant && induction.start().min() == induction.start().max();
    return most.isPresent()
        ? Optional.of(new Rounds(most.getAsLong(), constant, known))
        : Optional.empty();
  }

  private static OptionalLong most(Induction induction, CompareOp stay, ValueRange.Range end) {
    ValueRange.Range start = induction.start();
    long step = induction.step();
    boolean up = step > 0 && hasRoom(end.max(), step);
    boolean down = step < 0 && hasRoom(-end.min(), -step);
    return switch (stay) {
      case SLT, SLE -> up ? quotient(end.max() - start.min(), step) : OptionalLong.empty();
      case ULT, ULE ->
          up && start.min() >= 0 && end.min() >= 0
              ? quotient(end.max() - start.min(), step)
              : OptionalLong.empty();
      case SGT, SGE -> down ? quotient(start.max() - end.min(), -step) : OptionalLong.empty();
      case NE -> exact(start, end, step);
      case EQ, UGT, UGE -> OptionalLong.empty();
    };
  }

  private static OptionalLong quotient(long distance, long step) {
    return OptionalLong.of(Math.max(0, distance / step) + 1);
  }

  /// Whether the counter cannot wrap round before it is compared.
  private static boolean hasRoom(long bound, long step) {
    return bound <= Integer.MAX_VALUE - step - 1;
  }

  /// With `!=` the counter must hit the bound.
  private static OptionalLong exact(ValueRange.Range start, ValueRange.Range end, long step) {
    long distance = end.min() - start.min();
    boolean constant = start.min() == start.max() && end.min() == end.max();
    return constant && step != 0 && distance % step == 0 && distance / step >= 0
        ? OptionalLong.of(distance / step)
        : OptionalLong.empty();
  }

  private Value through(Value tested) {
    Value value = ranges.resolve(tested);
    return switch (ssa.definition(value).orElse(null)) {
      case Inst.Unary unary when unary.op() == UnaryOp.SEXT32 -> ranges.resolve(unary.operand());
      case Inst.Refine refine -> ranges.resolve(refine.value());
      case null, default -> value;
    };
  }
}
