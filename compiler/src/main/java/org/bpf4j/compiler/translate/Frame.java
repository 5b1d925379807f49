package org.bpf4j.compiler.translate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Origin;

/// One activation of a function while its body is translated: its locals, where its jumps go and
/// where it returns to.
final class Frame {
  private final Unit.Function function;
  private final Optional<Origin> inlinedAt;
  private final Optional<Exit> exit;
  private final Map<Integer, Slot> locals = new HashMap<>();
  private final Set<Integer> written = new HashSet<>();
  private final Deque<Target> targets = new ArrayDeque<>();
  private final Deque<Exit> yields = new ArrayDeque<>();
  private final Deque<Integer> aroundYields = new ArrayDeque<>();
  private OptionalInt budget = OptionalInt.empty();

  /// Where a value goes: its type, the variable that takes it, and the block that goes on with it.
  record Exit(Type type, Slot result, Draft block) {}

  /// What `break` and `continue` can name.
  ///
  /// @param labels the labels before the statement
  /// @param anonymous whether `break` without a label means it
  /// @param breakTo the block behind it
  /// @param continueTo where the next round begins, for loops
  record Target(Set<String> labels, boolean anonymous, Draft breakTo, Optional<Draft> continueTo) {}

  /// @param inlinedAt the call, if the function is inlined
  /// @param exit where an inlined function returns to; absent for one that leaves for good
  Frame(Unit.Function function, Optional<Origin> inlinedAt, Optional<Exit> exit) {
    this.function = function;
    this.inlinedAt = inlinedAt;
    this.exit = exit;
    Walk.expressions(
        function.body(),
        expr -> Walk.writtenLocal(expr).ifPresent(local -> written.add(local.id())));
  }

  Unit.Function function() {
    return function;
  }

  Optional<Exit> exit() {
    return exit;
  }

  Optional<Origin> inlinedAt() {
    return inlinedAt;
  }

  Origin origin(Span span) {
    return new Origin(span, inlinedAt);
  }

  /// Makes a fresh variable of a local; a loop's body declares it anew in each round.
  Slot declare(Unit.Local local, Shapes shapes) {
    boolean number =
        local.type() instanceof Type.Primitive && local.type() != Type.Primitive.BOOLEAN;
    return locals.computeIfAbsent(
        local.id(),
        id ->
            new Slot(
                shapes.of(local.type()).stream().map(type -> new Variable(type, number)).toList(),
                written.contains(id)));
  }

  /// Takes over a local of the code around a lambda whose body stands in place of its call.
  void adopt(Unit.Local local, Slot slot) {
    locals.put(local.id(), slot);
  }

  Slot local(Unit.Local local) {
    return declared(local)
        .orElseThrow(
            () -> new CompilerBug("local " + local.name() + " is used before it is declared"));
  }

  /// The variable of a local whose declaration the translation has passed.
  Optional<Slot> declared(Unit.Local local) {
    return Optional.ofNullable(locals.get(local.id()));
  }

  /// The rounds that a loop without a provable bound may have here, if the user says so.
  OptionalInt budget() {
    return budget;
  }

  /// Sets [#budget()]; gives back what it was.
  OptionalInt budget(OptionalInt rounds) {
    OptionalInt before = budget;
    budget = rounds;
    return before;
  }

  void push(Target target) {
    targets.push(target);
  }

  void pop() {
    targets.pop();
  }

  /// @param sections how many sections are open around the switch expression
  void pushYield(Exit yield, int sections) {
    yields.push(yield);
    aroundYields.push(sections);
  }

  void popYield() {
    yields.pop();
    aroundYields.pop();
  }

  Exit yieldTarget() {
    return yields.element();
  }

  /// How many sections are open around the innermost switch expression.
  int aroundYield() {
    return aroundYields.element();
  }

  /// How many statements are open that `break` or `continue` can name.
  int targets() {
    return targets.size();
  }

  /// How many of them are around the one that `break` means.
  int aroundBreak(Optional<String> label) {
    return around(t -> label.map(t.labels()::contains).orElse(t.anonymous()));
  }

  /// How many of them are around the one that `continue` means.
  int aroundContinue(Optional<String> label) {
    return around(t -> label.map(t.labels()::contains).orElse(t.continueTo().isPresent()));
  }

  private int around(Predicate<Target> meant) {
    int left = targets.size();
    for (Target target : targets) {
      left--;
      if (meant.test(target)) {
        return left;
      }
    }
    throw new CompilerBug("no such target");
  }

  Draft breakTarget(Optional<String> label) {
    return targets.stream()
        .filter(t -> label.map(t.labels()::contains).orElse(t.anonymous()))
        .findFirst()
        .orElseThrow(() -> new CompilerBug("nothing to break: " + label))
        .breakTo();
  }

  Draft continueTarget(Optional<String> label) {
    return targets.stream()
        .filter(t -> label.map(t.labels()::contains).orElse(t.continueTo().isPresent()))
        .findFirst()
        .flatMap(Target::continueTo)
        .orElseThrow(() -> new CompilerBug("nothing to continue: " + label));
  }
}
