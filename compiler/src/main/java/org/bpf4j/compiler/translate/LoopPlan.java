package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ssa.LoopForm;

/// How the verifier is to see a loop end.
sealed interface LoopPlan {

  /// It follows every round.
  ///
  /// @param most how many there are at most
  /// @param counted whether the program counts them down, for who does not see the end otherwise
  record Plain(long most, boolean counted) implements LoopPlan {}

  /// It follows as many rounds as there are in a budget that loops share.
  record Budgeted() implements LoopPlan {}

  /// An iterator of the program's own ends it, of which the verifier follows few rounds.
  record Iterated() implements LoopPlan {}

  /// The kernel counts the rounds.
  record Granted(LoopForm form) implements LoopPlan {}
}
