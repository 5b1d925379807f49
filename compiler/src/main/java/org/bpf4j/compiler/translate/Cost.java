package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;

/// What the verifier spends on a loop that is being translated: instructions that it processes, or
/// branches that it remembers.
final class Cost {

  /// Machine instructions of a signed division before ISA v4.
  private static final int DIVISION = 20;

  /// A call: its arguments, and what is restored behind it.
  private static final int CALL = 6;

  private final long start;
  private long inner;
  private long round;
  private long rounds;
  private long budgeted;

  /// @param start what was spent before the loop
  Cost(long start) {
    this.start = start;
  }

  /// What one round costs, inner loops included.
  long round(long now) {
    return now - start + inner;
  }

  /// Ends the loop.
  ///
  /// @param now what is spent so far
  /// @param bound the rounds that the verifier follows
  void close(long now, long bound) {
    round = round(now);
    rounds = bound;
    budgeted *= Math.max(1, bound);
  }

  /// Ends the loop, which spends from a budget.
  ///
  /// @param now what is spent so far
  /// @param times how often a round is followed on average
  void closeBudgeted(long now, int times) {
    round = round(now);
    rounds = 1;
    budgeted += round * times;
  }

  /// Adds an inner loop that has ended, whose rounds but the first are not in the text.
  void contains(Cost loop) {
    inner += loop.round * Math.max(0, loop.rounds - 1);
    budgeted += loop.budgeted;
  }

  /// What all rounds cost but those of a budget.
  long total() {
    return round * rounds;
  }

  /// What one round of all loops that share a budget costs; 0 if none does.
  long budgeted() {
    return budgeted;
  }

  static int of(Inst inst) {
    return switch (inst) {
      case Inst.Const _, Inst.Refine _ -> 0;
      case Inst.Binary i when i.op() == BinaryOp.SDIV || i.op() == BinaryOp.SMOD -> DIVISION;
      case Inst.CallKernel _, Inst.CallFunction _ -> CALL;
      case Inst.Zero i -> 1 + i.bytes() / Long.BYTES;
      case Inst.Copy i -> 2 + i.bytes() / Integer.BYTES;
      case Inst.Binary _,
          Inst.Unary _,
          Inst.Compare _,
          Inst.Load _,
          Inst.Store _,
          Inst.Atomic _,
          Inst.StackAddress _,
          Inst.MapAddress _,
          Inst.GlobalAddress _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.PtrAdd _,
          Inst.CoreConst _ ->
          1;
    };
  }
}
