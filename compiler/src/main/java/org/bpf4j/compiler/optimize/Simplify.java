package org.bpf4j.compiler.optimize;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bpf4j.compiler.ssa.Function;

/// The small passes that make work for each other, repeated while they find some.
final class Simplify {
  /// Each round follows one more join; longer chains of tests than this are rare and stay correct.
  private static final int ROUNDS = 12;

  static final List<UnaryOperator<Function>> PARTS =
      List.of(
          BlockParameters::run,
          ConstantFolding::run,
          Branches::run,
          JumpThreading::run,
          BlockParameters::run,
          DeadCode::run);

  private Simplify() {}

  static Function run(Function function) {
    Function current = function;
    for (int round = 0; round < ROUNDS; round++) {
      Function before = current;
      for (UnaryOperator<Function> part : PARTS) {
        current = part.apply(current);
      }
      if (current.equals(before)) {
        break;
      }
    }
    return current;
  }
}
