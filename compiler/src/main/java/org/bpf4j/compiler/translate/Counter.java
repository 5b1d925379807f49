package org.bpf4j.compiler.translate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Value;

/// A counter of a `for` loop: a local that nothing changes but the loop's update, one way.
///
/// What it can be is known from where it starts and what it is compared with, which may be another
/// counter that comes towards it. Loops in the loop ask, long before the loop's end is translated.
final class Counter {
  private final Slot slot;
  private final Map<Slot, ValueRange.Range> constant;
  private final ValueRange.Range start;
  private final boolean up;
  private final long step;

  /// @param slot the local
  /// @param constant the ranges of locals that the loop compares with and does not change
  /// @param start its range before the loop
  /// @param up whether it grows
  /// @param step by how much it changes
  private Counter(
      Slot slot,
      Map<Slot, ValueRange.Range> constant,
      ValueRange.Range start,
      boolean up,
      long step) {
    this.slot = slot;
    this.constant = constant;
    this.start = start;
    this.up = up;
    this.step = step;
  }

  /// The counters of a loop that is about to be entered.
  static List<Counter> of(Body body, Stmt.For loop) {
    return loop.update().stream().flatMap(update -> of(body, loop, update).stream()).toList();
  }

  private static Optional<Counter> of(Body body, Stmt.For loop, Expr update) {
    Optional<Unit.Local> local =
        Walk.writtenLocal(update).filter(l -> l.type() == Type.Primitive.INT);
    long step = step(update);
    if (local.isEmpty() || step == 0 || isWrittenElsewhere(loop, local.get())) {
      return Optional.empty();
    }
    SsaBuilder ssa = body.code.ssa();
    Slot slot = body.frame().local(local.get());
    ValueRange ranges = new ValueRange(ssa);
    return ranges
        .of(slot.read(ssa).only())
        .map(
            start ->
                new Counter(slot, constant(body, loop, ranges), start, step > 0, Math.abs(step)));
  }

  /// Whether a round writes the local elsewhere than in one update.
  private static boolean isWrittenElsewhere(Stmt.For loop, Unit.Local local) {
    long updates =
        loop.update().stream()
            .filter(update -> isWritten(new Stmt.Evaluate(update, update.span()), local))
            .count();
    return updates > 1 || isWritten(loop.body(), local);
  }

  /// What the condition compares with, of the locals from outside of the loop that it never writes;
  /// a condition may declare others.
  private static Map<Slot, ValueRange.Range> constant(Body body, Stmt.For loop, ValueRange ranges) {
    Map<Slot, ValueRange.Range> constant = new LinkedHashMap<>();
    loop.condition()
        .ifPresent(
            condition ->
                Walk.expressions(
                    new Stmt.Evaluate(condition, condition.span()),
                    expr -> {
                      if (expr instanceof Expr.LocalPlace(Unit.Local other, _)
                          && other.type() == Type.Primitive.INT
                          && !isWritten(loop, other)) {
                        body.frame()
                            .declared(other)
                            .ifPresent(
                                bound ->
                                    ranges
                                        .of(bound.read(body.code.ssa()).only())
                                        .ifPresent(range -> constant.put(bound, range)));
                      }
                    }));
    return constant;
  }

  private static long step(Expr update) {
    return switch (update) {
      case Expr.Increment e -> e.delta();
      case Expr.CompoundAssign(Expr.BinaryOp op, _, Expr.Literal(_, long value, _), _, _, _) ->
          switch (op) {
            case ADD -> value;
            case SUB -> -value;
            default -> 0;
          };
      default -> 0;
    };
  }

  private static boolean isWritten(Stmt body, Unit.Local local) {
    boolean[] found = {false};
    Walk.expressions(
        body,
        expr ->
            found[0] |=
                Walk.writtenLocal(expr).filter(written -> written.id() == local.id()).isPresent());
    return found[0];
  }

  /// Tells what the counter is at the loop's head, now that its condition holds.
  ///
  /// @param all the loop's counters
  /// @return whether it is compared with a bound
  boolean promise(SsaBuilder ssa, Draft head, List<Counter> all) {
    Value value = slot.read(ssa).only();
    if (!head.pending().containsValue(value)) {
      return false;
    }
    constant.forEach((bound, range) -> promise(ssa, head, bound.read(ssa).only(), range));
    boolean bounded = false;
    for (Draft at = ssa.current(); at != head && at.arrivals().size() == 1; ) {
      Draft.Arc arc = at.arrivals().getFirst();
      at = arc.from();
      if (at.terminator() instanceof Terminator.Branch branch) {
        boolean holds = at.departures().getFirst() == arc;
        CompareOp op = holds ? branch.op() : branch.op().negated();
        bounded |= promise(ssa, all, value, op, branch.left(), branch.right());
        bounded |= promise(ssa, all, value, op.swapped(), branch.right(), branch.left());
      }
    }
    return bounded;
  }

  private static void promise(SsaBuilder ssa, Draft head, Value value, ValueRange.Range range) {
    if (head.pending().containsValue(value)) {
      ssa.promise(value, range);
    }
  }

  private boolean promise(
      SsaBuilder ssa, List<Counter> all, Value value, CompareOp op, Value tested, Value bound) {
    ValueRange ranges = new ValueRange(ssa);
    boolean right =
        switch (op) {
          case SLT, SLE, ULT, ULE -> up;
          case SGT, SGE -> !up;
          case EQ, NE, UGT, UGE -> false;
        };
    ValueRange.Sum sum = ranges.sum(tested);
    ValueRange.Sum end = ranges.sum(bound);
    Optional<ValueRange.Range> limit =
        ranges
            .of(bound)
            .or(
                () ->
                    all.stream()
                        .filter(c -> c.up != up && c.isModest() && isModest())
                        .filter(c -> c.slot.read(ssa).only().equals(end.number()))
                        .map(c -> c.start.plus(end.constant()))
                        .findFirst())
            .map(range -> range.plus(-sum.constant()));
    boolean plain = sum.constant() == 0 || isModest();
    if (!right || !plain || limit.isEmpty() || !sum.number().equals(value)) {
      return false;
    }
    long least = up ? start.min() : Math.min(start.min(), limit.get().min() - step);
    long most = up ? Math.max(start.max(), limit.get().max() + step) : start.max();
    boolean fits = least >= Integer.MIN_VALUE && most <= Integer.MAX_VALUE;
    if (fits) {
      ssa.promise(value, new ValueRange.Range(least, most));
    }
    return fits;
  }

  /// Whether it is far from where it would wrap round.
  private boolean isModest() {
    return start.isModest() && new ValueRange.Range(-step, step).isModest();
  }
}
