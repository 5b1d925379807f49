package org.bpf4j.compiler.analyze;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.bpf4j.compiler.ssa.Arithmetic;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Signature;

/// Which values are known to be zero, and which not to be, on the paths to a place.
///
/// Besides what is known, it holds what *would* be known if a block parameter were zero or not: a
/// flag that two paths join to says which of them was taken, and so all that held there.
final class Knowledge {
  /// What follows from a parameter's being zero, or not.
  private record Implied(BitSet ifZero, BitSet ifNot) {}

  /// The function that the values belong to.
  ///
  /// @param numbers the numbers that are followed; references and flags always are
  record Scope(Definitions definitions, Bits bits, Predicate<Value> numbers) {
    private boolean follows(Value value) {
      return value.type() == Type.PTR || bits.contains(value) || numbers.test(value);
    }
  }

  private final Scope scope;
  private final BitSet literals;
  private Map<Value, Implied> implied;
  private boolean sharesImplied;
  private boolean contradictory;

  /// Nothing is known.
  Knowledge(Scope scope) {
    this(scope, new BitSet(), new HashMap<>());
  }

  private Knowledge(Scope scope, BitSet literals, Map<Value, Implied> implied) {
    this.scope = scope;
    this.literals = literals;
    this.implied = implied;
  }

  Knowledge copy() {
    Knowledge copy = new Knowledge(scope, (BitSet) literals.clone(), implied);
    sharesImplied = true;
    copy.sharesImplied = true;
    copy.contradictory = contradictory;
    return copy;
  }

  /// What is implied, for a change: copies share it until one changes it.
  private Map<Value, Implied> ownImplied() {
    if (sharesImplied) {
      implied = new HashMap<>(implied);
      sharesImplied = false;
    }
    return implied;
  }

  private static int literal(Value value, boolean nonZero) {
    return 2 * value.id() + (nonZero ? 1 : 0);
  }

  /// Whether the value is known to be (not) zero.
  boolean knows(Value value, boolean nonZero) {
    return literals.get(literal(value, nonZero)) || byDefinition(value, nonZero);
  }

  private boolean byDefinition(Value value, boolean nonZero) {
    return switch (scope.definitions.of(value).orElse(null)) {
      case Inst.Const c -> (c.value() != 0) == nonZero;
      case Inst.StackAddress _, Inst.MapAddress _, Inst.GlobalAddress _, Inst.PtrAdd _ -> nonZero;
      case Inst.FunctionAddress _ -> nonZero;
      case Inst.Unary u when u.op() == Inst.UnaryOp.ARENA -> nonZero;
      case Inst.Load l when l.region().equals(Region.CAPTURED) && l.result().type() == Type.PTR ->
          nonZero;
      case Inst.CallKernel c ->
          nonZero
              && (c.function().givesMapValue()
                  || c.function()
                      .signature()
                      .filter(s -> s.result() == Signature.Result.KERNEL_POINTER)
                      .isPresent())
              && !c.function().mayGiveNull();
      case Inst.Refine r ->
          (r.fact() instanceof Fact.PacketBytes && nonZero) || knows(r.value(), nonZero);
      case Inst.Binary b
          when b.op() == BinaryOp.ADD
              && scope.definitions.of(b.right()).orElse(null) instanceof Inst.CoreConst ->
          nonZero && knows(b.left(), true); // a struct inside of one that is there
      case Inst.Compare c -> {
        OptionalLong number = scope.definitions.constant(c.right());
        boolean zeroTest = number.isPresent() && number.getAsLong() == 0;
        yield zeroTest
            && ((c.op() == CompareOp.NE && knows(c.left(), nonZero))
                || (c.op() == CompareOp.EQ && knows(c.left(), !nonZero)));
      }
      case null, default -> false;
    };
  }

  /// Learns that the value is (not) zero, and what follows.
  void assume(Value value, boolean nonZero) {
    if (scope.follows(value)) {
      int literal = literal(value, nonZero);
      if (literals.get(literal)) {
        return;
      }
      contradictory |= knows(value, !nonZero);
      literals.set(literal);
      Implied implications = implied.get(value);
      if (implications != null) {
        learn(nonZero ? implications.ifNot : implications.ifZero);
      }
    }
    switch (scope.definitions.of(value).orElse(null)) {
      case Inst.Compare c -> assume(c.op(), c.left(), c.right(), nonZero);
      case Inst.Refine r -> assume(r.value(), nonZero);
      case Inst.Unary u -> {
        boolean wholeOperand =
            switch (u.op()) {
              case NEG, SEXT32, ZEXT32, ADDRESS, POINTER, NUMBER, BE32, BE64 -> true;
              case SEXT8, SEXT16, ZEXT8, ZEXT16, TRUNC, BE16, ARENA, ARENA_ADDRESS -> nonZero;
            };
        if (wholeOperand) {
          assume(u.operand(), nonZero);
        }
      }
      case Inst.Binary b -> assumeParts(b, nonZero);
      case null, default -> {}
    }
  }

  private void learn(BitSet more) {
    for (int i = more.nextSetBit(0); i >= 0; i = more.nextSetBit(i + 1)) {
      contradictory |= literals.get(i ^ 1);
      literals.set(i);
    }
  }

  private void assumeParts(Inst.Binary b, boolean nonZero) {
    switch (b.op()) {
      case AND -> {
        if (nonZero) {
          assume(b.left(), true);
          assume(b.right(), true);
        }
      }
      case OR -> {
        if (!nonZero) {
          assume(b.left(), false);
          assume(b.right(), false);
        }
      }
      case XOR -> {
        if (scope.definitions.isConstant(b.right(), 1)
            && (!nonZero || scope.bits.contains(b.left()))) {
          assume(b.left(), !nonZero);
        }
      }
      case ADD, SUB, MUL, SDIV, SMOD, UDIV, UMOD, SHL, SHR, SAR -> {}
    }
  }

  /// Learns that a comparison holds, or does not.
  void assume(CompareOp op, Value left, Value right, boolean holds) {
    CompareOp known = holds ? op : op.negated();
    OptionalLong a = scope.definitions.constant(left);
    OptionalLong b = scope.definitions.constant(right);
    if (b.isPresent()) {
      assumeNumber(known, left, b.getAsLong());
    } else if (a.isPresent()) {
      assumeNumber(known.swapped(), right, a.getAsLong());
    } else if (known == CompareOp.EQ) {
      assumeEqual(left, right);
      assumeEqual(right, left);
    }
  }

  private void assumeNumber(CompareOp op, Value value, long number) {
    if (op == CompareOp.EQ) {
      assume(value, number != 0);
    } else if (op == CompareOp.NE && number == 1 && scope.bits.contains(value)) {
      assume(value, false);
    } else if (!Arithmetic.compare(op, 0, number)) {
      assume(value, true);
    }
  }

  private void assumeEqual(Value known, Value other) {
    if (knows(known, true)) {
      assume(other, true);
    } else if (knows(known, false)) {
      assume(other, false);
    }
  }

  /// Whether no path can know this: the place is not reached.
  boolean isContradictory() {
    return contradictory;
  }

  /// Keeps what the other knows too.
  void intersect(Knowledge other) {
    literals.and(other.literals);
    if (implied.equals(other.implied)) {
      return;
    }
    Map<Value, Implied> own = ownImplied();
    own.keySet().retainAll(other.implied.keySet());
    own.replaceAll(
        (value, mine) -> {
          Implied theirs = Objects.requireNonNull(other.implied.get(value));
          return mine.equals(theirs)
              ? mine
              : new Implied(both(mine.ifZero, theirs.ifZero), both(mine.ifNot, theirs.ifNot));
        });
  }

  private static BitSet both(BitSet a, BitSet b) {
    BitSet both = (BitSet) a.clone();
    both.and(b);
    return both;
  }

  /// Forgets all values but those whose ids are set: others belong to another iteration. What a
  /// parameter implies speaks of values that dominate the parameter, so it stays with it.
  void retain(BitSet ids) {
    for (int i = literals.nextSetBit(0); i >= 0; i = literals.nextSetBit(i + 1)) {
      if (!ids.get(i >> 1)) {
        literals.clear(i);
      }
    }
    if (!implied.keySet().stream().allMatch(value -> ids.get(value.id()))) {
      ownImplied().keySet().removeIf(value -> !ids.get(value.id()));
    }
  }

  /// Learns what being (not) zero means for a parameter: all that these, in either case, know.
  void imply(Value parameter, Knowledge ifZero, Knowledge ifNot) {
    ownImplied().put(parameter, new Implied(ifZero.literals, ifNot.literals));
  }

  /// Forgets a value, which gets a new meaning.
  void forget(Value value) {
    literals.clear(literal(value, false), literal(value, true) + 1);
    if (implied.containsKey(value)) {
      ownImplied().remove(value);
    }
  }

  /// Notes that the value, of which nothing was known, is (not) zero.
  void note(Value value, boolean nonZero) {
    literals.set(literal(value, nonZero));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Knowledge k && literals.equals(k.literals) && implied.equals(k.implied);
  }

  @Override
  public int hashCode() {
    return Objects.hash(literals, implied);
  }
}
