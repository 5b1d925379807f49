package org.bpf4j.compiler.translate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.LoopForm;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Value;

/// Counts the rounds after which the verifier sees a loop end: a variable that starts in a known
/// range and changes by a constant in each round is compared, in each round, with a bound of known
/// range.
///
/// It is asked at the loop's end, before the edge back to its head is made. What it does not
/// understand is unbounded, which costs a budget but is never wrong.
final class TripCount {

  /// A loop of more rounds is as good as one without a bound: the kernel grants no more.
  private static final long LIMIT = LoopForm.MAX_ROUNDS;

  private final SsaBuilder ssa;
  private final ValueRange ranges;

  /// How many rounds a loop has at most: times that its body is begun.
  ///
  /// @param again how often it goes back to its head at most
  /// @param before whether a round begins with the test that ends the loop
  /// @param known whether the counter starts with a constant and is compared with one, so that the
  ///   verifier decides each comparison: only since 6.8 does it see what comes of comparing two
  ///   ranges, and heed a counter with a range when it looks for states that come again
  record Rounds(long again, boolean before, boolean known) {
    long most() {
      return before ? again : again + 1;
    }
  }

  private record Induction(
      Value parameter, Value next, ValueRange.Range step, ValueRange.Range start) {

    /// What is compared at first.
    ///
    /// @param changed whether it has made a step by then
    ValueRange.Range first(boolean changed) {
      return changed
          ? new ValueRange.Range(start.min() + step.min(), start.max() + step.max())
          : start;
    }

    /// Whether it is far from where it would wrap round.
    boolean isModest() {
      return start.isModest() && step.isModest();
    }
  }

  TripCount(SsaBuilder ssa) {
    this.ssa = ssa;
    this.ranges = new ValueRange(ssa);
  }

  /// The bounds of a loop's rounds, of which each holds: those that are known first, the lowest of
  /// them before others.
  ///
  /// @param conditions how many ways to the exit there are before the loop's body
  List<Rounds> of(Draft head, Draft exit, int conditions) {
    Set<Induction> inductions = inductions(head);
    List<Rounds> found = new ArrayList<>();
    List<Draft.Arc> arrivals = exit.arrivals();
    for (int i = 0; i < arrivals.size(); i++) {
      boolean before = i < conditions;
      Draft.Arc arc = decided(arrivals.get(i));
      if (arc.from().isFilled()
          && arc.from().terminator() instanceof Terminator.Branch branch
          && inEveryRound(arc.from(), head)) {
        boolean staysOnTrue = arc.from().departures().getLast() == arc;
        CompareOp stay = staysOnTrue ? branch.op() : branch.op().negated();
        for (Induction induction : inductions) {
          rounds(induction, before, stay, branch.left(), branch.right(), inductions)
              .or(
                  () ->
                      rounds(
                          induction,
                          before,
                          stay.swapped(),
                          branch.right(),
                          branch.left(),
                          inductions))
              .filter(r -> r.again() <= LIMIT)
              .ifPresent(found::add);
        }
      }
    }
    found.sort(Comparator.comparing((Rounds r) -> !r.known()).thenComparingLong(Rounds::most));
    return found;
  }

  /// Where it is decided that a way is taken: what only comes on from a branch, such as `break`, is
  /// no decision.
  private static Draft.Arc decided(Draft.Arc arc) {
    Draft.Arc at = arc;
    while (at.from().isFilled()
        && at.from().isSealed()
        && at.from().terminator() instanceof Terminator.Jump
        && at.from().arrivals().size() == 1) {
      at = at.from().arrivals().getFirst();
    }
    return at;
  }

  private Set<Induction> inductions(Draft head) {
    promiseWhatStays(head);
    Set<Induction> found = new LinkedHashSet<>();
    for (Map.Entry<Variable, Value> entry : new LinkedHashMap<>(head.pending()).entrySet()) {
      Value parameter = entry.getValue();
      Value next = ranges.resolve(ssa.read(entry.getKey()));
      Optional<ValueRange.Range> step = step(parameter, next);
      Optional<ValueRange.Range> start = start(head, entry.getKey());
      if (step.isPresent() && start.isPresent()) {
        found.add(new Induction(parameter, next, step.get(), start.get()));
      }
    }
    return found;
  }

  /// What no round changes is in every round what it was before the loop.
  private void promiseWhatStays(Draft head) {
    for (Map.Entry<Variable, Value> entry : new LinkedHashMap<>(head.pending()).entrySet()) {
      if (ranges.resolve(ssa.read(entry.getKey())).equals(entry.getValue())) {
        start(head, entry.getKey()).ifPresent(range -> ssa.promise(entry.getValue(), range));
      }
    }
  }

  private Optional<ValueRange.Range> step(Value parameter, Value next) {
    if (!(ssa.definition(next).orElse(null) instanceof Inst.Binary sum)
        || !ranges.resolve(sum.left()).equals(parameter)) {
      return Optional.empty();
    }
    Optional<ValueRange.Range> step = ranges.of(sum.right());
    return switch (sum.op()) {
      case ADD -> step;
      case SUB -> step.map(range -> new ValueRange.Range(-range.max(), -range.min()));
      case MUL, SDIV, SMOD, UDIV, UMOD, AND, OR, XOR, SHL, SHR, SAR -> Optional.empty();
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

  private Optional<Rounds> rounds(
      Induction induction,
      boolean before,
      CompareOp stay,
      Value tested,
      Value bound,
      Set<Induction> all) {
    Optional<ValueRange.Range> limit =
        ranges
            .of(bound)
            .or(() -> stay == CompareOp.NE ? Optional.empty() : approaching(induction, bound, all));
    Optional<ValueRange.Range> first = first(induction, tested);
    if (limit.isEmpty() || first.isEmpty()) {
      return Optional.empty();
    }
    ValueRange.Range step = induction.step();
    OptionalLong again = again(first.get(), step, stay, limit.get());
    boolean known =
        Stream.of(induction.start(), step, limit.get()).allMatch(ValueRange.Range::isOne);
    return again.isPresent()
        ? Optional.of(new Rounds(again.getAsLong(), before, known))
        : Optional.empty();
  }

  /// What a number is at first, if it is a counter to which a constant may be added.
  private Optional<ValueRange.Range> first(Induction induction, Value tested) {
    ValueRange.Sum sum = ranges.sum(tested);
    if (through(tested).equals(induction.next())) {
      return Optional.of(induction.first(true));
    }
    boolean plain = sum.constant() == 0 || induction.isModest();
    return sum.number().equals(induction.parameter()) && plain
        ? Optional.of(induction.start().plus(sum.constant()))
        : Optional.empty();
  }

  private static boolean isTowards(ValueRange.Range step, ValueRange.Range other) {
    return (step.min() > 0 && other.max() < 0) || (step.max() < 0 && other.min() > 0);
  }

  /// What a counter comes to, if it goes towards another that comes towards it: at most to where
  /// that one began.
  private Optional<ValueRange.Range> approaching(
      Induction induction, Value bound, Set<Induction> all) {
    return all.stream()
        .filter(i -> i.step().isOne() && isTowards(induction.step(), i.step()))
        .filter(i -> i.isModest() && induction.isModest())
        .flatMap(i -> first(i, bound).stream())
        .findFirst();
  }

  /// How often a comparison holds, one time after the other.
  ///
  /// @param first what is compared at first
  private static OptionalLong again(
      ValueRange.Range first, ValueRange.Range step, CompareOp stay, ValueRange.Range end) {
    boolean up = step.min() > 0 && hasRoom(end.max(), step.max());
    boolean down = step.max() < 0 && hasRoom(-end.min(), -step.min());
    boolean positive = first.min() >= 0 && end.min() >= 0;
    long upwards = end.max() - first.min();
    long downwards = first.max() - end.min();
    return switch (stay) {
      case SLT -> up ? steps(upwards, step.min()) : OptionalLong.empty();
      case SLE -> up ? steps(upwards + 1, step.min()) : OptionalLong.empty();
      case ULT -> up && positive ? steps(upwards, step.min()) : OptionalLong.empty();
      case ULE -> up && positive ? steps(upwards + 1, step.min()) : OptionalLong.empty();
      case SGT -> down ? steps(downwards, -step.max()) : OptionalLong.empty();
      case SGE -> down ? steps(downwards + 1, -step.max()) : OptionalLong.empty();
      case NE -> step.isOne() ? exact(first, end, step.min()) : OptionalLong.empty();
      case EQ, UGT, UGE -> OptionalLong.empty();
    };
  }

  private static OptionalLong steps(long distance, long step) {
    return OptionalLong.of(Math.max(0, Math.ceilDiv(distance, step)));
  }

  /// Whether the counter cannot wrap round before it is compared.
  private static boolean hasRoom(long bound, long step) {
    return bound <= Integer.MAX_VALUE - step - 1;
  }

  /// With `!=` the counter must hit the bound.
  private static OptionalLong exact(ValueRange.Range start, ValueRange.Range end, long step) {
    long distance = end.min() - start.min();
    boolean constant = start.isOne() && end.isOne();
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
