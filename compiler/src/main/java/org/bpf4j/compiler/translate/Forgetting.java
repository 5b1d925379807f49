package org.bpf4j.compiler.translate;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Makes numbers unknown to verifiers where paths meet: at the heads of loops and behind them.
///
/// A verifier goes on with one of two paths that meet if all that matters of what it knows of them
/// agrees. An exclusive or with a zero that it cannot know leaves a number what it is, and nothing
/// to know.
final class Forgetting {
  private final Body body;
  private final Code code;
  private final Loops loops;

  Forgetting(Body body, Loops loops) {
    this.body = body;
    this.code = body.code;
    this.loops = loops;
  }

  /// What is made unknown at a loop's head.
  enum What {
    /// Numbers that paths through the body leave different.
    PATHS_CHANGE,
    /// Every number that a round changes. Of loops that spend the same budget no number keeps step
    /// with it; one whose rounds the kernel counts must look the same in each, and what loops in it
    /// leave behind must not tell how many rounds they had.
    A_ROUND_CHANGES
  }

  /// Makes numbers unknown to the verifier.
  void at(Draft head, What what) {
    if (head.arrivals().size() < 2) {
      return;
    }
    Draft latch = head.arrivals().getLast().from();
    Rounds rounds = new Rounds(head, latch);
    boolean meeting = rounds.meet();
    ValueRange ranges = new ValueRange(code.ssa());
    Set<Value> lasting = new HashSet<>();
    for (Map.Entry<Variable, Value> entry : new LinkedHashMap<>(head.pending()).entrySet()) {
      Variable variable = entry.getKey();
      Value value = entry.getValue();
      if (variable.isNumber()) {
        Value next = ranges.resolve(code.ssa().readAtEnd(latch, variable));
        boolean changes =
            switch (what) {
              case PATHS_CHANGE ->
                  code.ssa().home(next).isPresent()
                      || (meeting
                          && !(isStep(ranges, value, next) && begins(head, variable, ranges)));
              case A_ROUND_CHANGES -> true;
            };
        if (!next.equals(value) && changes) {
          code.ssa().maskParameter(head, variable, value, loops.zero(variable.type()));
        }
        if (next.equals(value)) {
          lasting.add(value);
        }
      }
    }
    if (meeting) {
      forgetComparisons(rounds, lasting, ranges);
    }
  }

  /// Compares what no round changes in a way that the verifier learns nothing of it: else rounds
  /// differ in what they were compared with, and never look like one another.
  ///
  /// @param lasting parameters of the head that stay what they are
  private void forgetComparisons(Rounds rounds, Set<Value> lasting, ValueRange ranges) {
    Set<Value> changing = rounds.defined();
    changing.removeAll(lasting);
    for (Draft block : rounds.parted()) {
      if (block.isFilled()
          && block.terminator() instanceof Terminator.Branch branch
          && branch.left().type() != Type.PTR
          && code.ssa().constantOf(branch.left()).isEmpty()
          && code.ssa().constantOf(branch.right()).isEmpty()) {
        boolean left = changing.contains(ranges.sum(branch.left()).number());
        boolean right = changing.contains(ranges.sum(branch.right()).number());
        if (left != right) {
          Value value = left ? branch.right() : branch.left();
          code.ssa().maskComparison(block, branch, value, loops.zero(value.type()));
        }
      }
    }
  }

  /// The numbers that a round changes.
  List<Variable> changed(Draft head) {
    Draft latch = head.arrivals().getLast().from();
    ValueRange ranges = new ValueRange(code.ssa());
    return new LinkedHashMap<>(head.pending())
        .entrySet().stream()
            .filter(entry -> entry.getKey().isNumber())
            .filter(
                entry -> {
                  Value next = ranges.resolve(code.ssa().readAtEnd(latch, entry.getKey()));
                  return !next.equals(entry.getValue());
                })
            .map(Map.Entry::getKey)
            .toList();
  }

  /// What rounds changed is made unknown behind their loop if they were many: the verifier comes
  /// out of each of them, and would follow what is behind for each number that it knows. Of numbers
  /// in a range from 0 on it still knows the bits.
  void behind(List<Variable> changed) {
    if (code.ssa().isDead() || body.scope.globals().zero().isEmpty()) {
      return;
    }
    for (Variable variable : changed) {
      Value known = code.ssa().read(variable);
      Optional<ValueRange.Range> range = new ValueRange(code.ssa()).of(known);
      if (range.isEmpty() || range.get().min() >= 0) {
        Value unknown = code.binary(BinaryOp.XOR, known, loops.zero(variable.type()));
        code.ssa()
            .write(
                variable,
                range.map(r -> code.binary(BinaryOp.AND, unknown, bits(r.max()))).orElse(unknown));
      }
    }
  }

  /// All bits that numbers up to this one may have.
  private static long bits(long most) {
    return most == 0 ? 0 : (Long.highestOneBit(most) << 1) - 1;
  }

  /// Whether it is known where a number begins: without, each comparison on the way leaves another
  /// range of it.
  private boolean begins(Draft head, Variable variable, ValueRange ranges) {
    List<Draft.Arc> before = head.arrivals().subList(0, head.arrivals().size() - 1);
    return before.stream()
        .allMatch(arc -> ranges.of(code.ssa().readAtEnd(arc.from(), variable)).isPresent());
  }

  /// Whether a number is another one and a constant, so that it is the same on all paths.
  private boolean isStep(ValueRange ranges, Value before, Value next) {
    return code.ssa().constantOf(next).isPresent()
        || (code.ssa().definition(next).orElse(null) instanceof Inst.Binary step
            && ranges.resolve(step.left()).equals(before)
            && code.ssa().constantOf(step.right()).isPresent());
  }
}
