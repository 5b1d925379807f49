package org.bpf4j.compiler.optimize;

import java.util.Set;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Checker;
import org.bpf4j.compiler.ssa.Program;

/// Runs the passes, and [Checker] after each.
///
/// Whether a program compiles, and what it means, does not depend on which passes run.
public final class Optimizer {
  private Optimizer() {}

  /// The program as all passes leave it.
  public static Program optimize(Program program) {
    return optimize(program, Set.of());
  }

  /// The program with the required passes only, which later stages rely on.
  public static Program prepare(Program program) {
    return optimize(program, PassOrder.optional());
  }

  /// The program as the passes leave it that are not skipped.
  ///
  /// @throws IllegalArgumentException if a name is not that of a pass that may be skipped
  public static Program optimize(Program program, Set<String> skipped) {
    if (!PassOrder.optional().containsAll(skipped)) {
      throw new IllegalArgumentException("not passes that may be skipped: " + skipped);
    }
    Checker.check(program);
    Program current = program;
    for (PassOrder.Step step : PassOrder.STEPS) {
      if (!skipped.contains(step.name())) {
        current = checked(step, current);
      }
    }
    return current;
  }

  /// The names of the passes that may be skipped.
  public static Set<String> optionalPasses() {
    return PassOrder.optional();
  }

  private static Program checked(PassOrder.Step step, Program before) {
    Program after = step.pass().run(before);
    try {
      Checker.check(after);
    } catch (CompilerBug bug) {
      throw new CompilerBug("after pass " + step.name() + ": " + bug.getMessage(), bug);
    }
    return after;
  }
}
