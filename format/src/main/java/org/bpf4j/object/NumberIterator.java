package org.bpf4j.object;

import java.util.List;
import org.bpf4j.object.Signature.Argument;

/// The kernel's iterator over numbers (`bpf_iter_num`), which lies on the stack of its program.
///
/// It is begun once, advanced until it gives null, and ended on every way out. What the verifier
/// gains is a loop whose rounds it need not follow one by one.
public final class NumberIterator {

  /// `sizeof(struct bpf_iter_num)`.
  public static final int BYTES = 8;

  /// The most numbers of one iterator, and the most rounds that `bpf_loop` and `may_goto` grant:
  /// `BPF_MAX_LOOPS`.
  public static final int MAX_ROUNDS = 1 << 23;

  /// The first kernel that has it.
  public static final KernelVersion SINCE = new KernelVersion(6, 4);

  private static final Kfunc.Parameter ITERATOR =
      new Kfunc.Parameter("it", Argument.FIXED_READ_WRITE, KfuncType.struct("bpf_iter_num"));
  private static final KfuncType INT = KfuncType.number(4, true);

  /// Begins at a number and stops before another.
  public static final Kfunc NEW =
      function(
          "bpf_iter_num_new",
          INT,
          List.of(),
          List.of(
              ITERATOR,
              new Kfunc.Parameter("start", Argument.SCALAR, INT),
              new Kfunc.Parameter("end", Argument.SCALAR, INT)));

  /// Gives the address of the next number, or null.
  public static final Kfunc NEXT =
      function(
          "bpf_iter_num_next",
          KfuncType.numbers(4, true),
          List.of(Kfunc.Trait.MAY_BE_NULL),
          List.of(ITERATOR));

  /// Ends.
  public static final Kfunc DESTROY =
      function("bpf_iter_num_destroy", KfuncType.NOTHING, List.of(), List.of(ITERATOR));

  private NumberIterator() {}

  private static Kfunc function(
      String name, KfuncType result, List<Kfunc.Trait> traits, List<Kfunc.Parameter> parameters) {
    return new Kfunc(name, SINCE, result, traits, "", parameters);
  }
}
