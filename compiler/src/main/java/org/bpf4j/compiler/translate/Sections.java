package org.bpf4j.compiler.translate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.CriticalSection;

/// What is begun before a statement and ended wherever it is left, by an abort too: spin locks,
/// critical sections, iterators. The last that was begun is ended first.
final class Sections {
  private final Body body;
  private final Code code;
  private final Deque<Open> open = new ArrayDeque<>();
  private int rcu;
  private int keptTask;

  /// Something that is to be ended.
  ///
  /// @param frame the function that began it
  /// @param inside how many jump targets were known then: later ones are within
  /// @param end what ends it
  private record Open(Frame frame, int inside, Runnable end) {}

  Sections(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// `try (var _ = Critical.rcu())`. There is no reason to hold RCU twice, which older kernels
  /// refuse, nor to hold it in a program that does not sleep.
  void guarded(Stmt.Guarded stmt) {
    body.at(stmt.span());
    boolean begins = stmt.section() != CriticalSection.RCU || !holdsRcu();
    if (begins) {
      enter(stmt.section());
    }
    body.statements.run(stmt.body());
    body.at(stmt.span());
    if (begins) {
      end(stmt.section());
    }
  }

  /// Whether objects that RCU protects stay here.
  boolean holdsRcu() {
    return rcu > 0 || !body.scope.sleepable();
  }

  /// Whether an instruction begins to hold RCU.
  static boolean holdsRcu(Inst inst) {
    return inst instanceof Inst.CallKernel call
        && call.function().equals(CriticalSection.RCU.begin());
  }

  /// Whether a section is open in which no other task runs on the CPU.
  boolean keepsTask() {
    return keptTask > 0;
  }

  /// Says that the function is called in what another one has begun.
  void isWithin(Sections caller) {
    rcu += caller.rcu;
    keptTask += caller.keptTask;
  }

  /// Begins a critical section.
  void enter(CriticalSection section) {
    rcu += section == CriticalSection.RCU ? 1 : 0;
    keptTask += section.keepsTask() ? 1 : 0;
    Value[] flags =
        section.keepsFlags()
            ? new Value[] {code.stackAddress(code.ssa().newSlot(Long.BYTES, "flags"), false)}
            : new Value[0];
    code.run(section.begin(), flags);
    enter(() -> code.run(section.end(), flags));
  }

  /// Ends the critical section that was begun last.
  void end(CriticalSection section) {
    end();
    rcu -= section == CriticalSection.RCU ? 1 : 0;
    keptTask -= section.keepsTask() ? 1 : 0;
  }

  /// Says what is to be done wherever the current statement is left.
  void enter(Runnable end) {
    open.push(new Open(body.frame(), body.frame().targets(), end));
    code.ssa().unwind(end);
  }

  /// Leaves the current statement by its end.
  void end() {
    code.ssa().unwound();
    open.pop().end().run();
  }

  /// Leaves the function that is being translated.
  void leave() {
    leave(_ -> true);
  }

  /// Jumps to a target that so many others are around.
  void leaveTo(int outer) {
    leave(each -> outer < each.inside());
  }

  /// How many are open.
  int count() {
    return open.size();
  }

  /// Gives the result of a switch expression that so many are around.
  void leaveAllBut(int around) {
    open.stream().limit(open.size() - around).forEach(each -> each.end().run());
  }

  private void leave(Predicate<Open> left) {
    open.stream()
        .filter(each -> each.frame() == body.frame())
        .filter(left)
        .forEach(each -> each.end().run());
  }
}
