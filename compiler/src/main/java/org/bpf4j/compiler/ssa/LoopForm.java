package org.bpf4j.compiler.ssa;

import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.NumberIterator;

/// How the kernel counts the rounds of a loop whose end its verifier cannot see.
///
/// In each form the verifier looks at a round until it learns nothing new, however many there will
/// be; so what a round changes must look the same to it in the next one.
public enum LoopForm {
  /// The loop's body becomes a function that `bpf_loop` calls back, once for each round.
  CALLBACK(Helper.LOOP.since()),
  /// An open-coded iterator over numbers (`bpf_iter_num`), which is advanced once in each round.
  ITERATOR(NumberIterator.SINCE),
  /// The instruction `may_goto`.
  MAY_GOTO(new KernelVersion(6, 9));

  /// The most rounds of each form (`BPF_MAX_LOOPS`); a callback begins so many, the others that
  /// often another.
  public static final long MAX_ROUNDS = NumberIterator.MAX_ROUNDS;

  private final KernelVersion since;

  LoopForm(KernelVersion since) {
    this.since = since;
  }

  /// The first kernel that has it.
  public KernelVersion since() {
    return since;
  }
}
