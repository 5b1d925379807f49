package org.bpf4j.compiler.analyze;

import java.util.Set;
import java.util.function.BiConsumer;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.MapLock;
import org.bpf4j.object.ObjectFunction;

/// The life of a reference to an object that a list or tree shows.
///
/// It ends with the lock, and where an object is taken out, since that may be the same one.
///
/// @param call the call that gives it
/// @param outcome what it gives
/// @param aliases the values that may be this reference
record Loan(Inst.CallKernel call, Value outcome, Set<Value> aliases)
    implements PathFacts.Automaton<Loan.Stage> {

  /// Where a path stands.
  enum Stage {
    /// Nothing was shown yet.
    BEFORE,
    /// There was none to show.
    ABSENT,
    /// It may be used.
    SHOWN,
    /// It may not be used any more.
    GONE
  }

  private boolean ends(Inst inst) {
    return inst instanceof Inst.CallKernel other
        && (MapLock.isReleasedBy(other.function())
            || ObjectFunction.of(other.function()).filter(ObjectFunction::takesOut).isPresent());
  }

  @Override
  public Stage start() {
    return Stage.BEFORE;
  }

  @Override
  public boolean follows(Value number) {
    return false;
  }

  @Override
  public void step(Inst inst, Stage state, Knowledge known, BiConsumer<Stage, Knowledge> then) {
    if (inst.equals(call)) {
      Knowledge absent = known.copy();
      absent.assume(outcome, false);
      then.accept(Stage.ABSENT, absent);
      known.assume(outcome, true);
      then.accept(Stage.SHOWN, known);
    } else {
      then.accept(state == Stage.SHOWN && ends(inst) ? Stage.GONE : state, known);
    }
  }
}
