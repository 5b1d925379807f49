package org.bpf4j.object;

import java.util.List;
import org.bpf4j.object.Signature.Argument;

/// The kernel functions of work queues in the values of maps (`struct bpf_wq`).
///
/// How the code is given the kernel has changed: 7.0 takes away an argument that programs never
/// filled in, and the ending of the name. An object names both functions, and the loader leaves the
/// call that fits.
public final class WorkQueue {

  /// `sizeof(struct bpf_wq)`.
  public static final int BYTES = 16;

  private static final KernelVersion SINCE = new KernelVersion(6, 10);
  private static final KfuncType FLAGS = KfuncType.number(Integer.BYTES, false);
  private static final Kfunc.Parameter WORK =
      new Kfunc.Parameter("wq", Argument.TIMER, KfuncType.struct("bpf_wq"));
  private static final Kfunc.Parameter CODE =
      new Kfunc.Parameter("callback_fn", Argument.CALLBACK, KfuncType.CALLBACK);
  private static final Kfunc.Parameter OPTIONS =
      new Kfunc.Parameter("flags", Argument.SCALAR, FLAGS);

  /// Sets one up, with the map that it is in.
  public static final Kfunc INIT =
      function(
          "bpf_wq_init",
          WORK,
          new Kfunc.Parameter("p__map", Argument.MAP, KfuncType.ANYTHING),
          OPTIONS);

  /// Gives it its code, since 7.0.
  public static final Kfunc SET_CALLBACK = function("bpf_wq_set_callback", WORK, CODE, OPTIONS);

  /// Gives it its code, before 7.0.
  public static final Kfunc SET_CALLBACK_BEFORE =
      function(
          "bpf_wq_set_callback_impl",
          WORK,
          CODE,
          OPTIONS,
          new Kfunc.Parameter("aux__prog", Argument.SCALAR, KfuncType.ANYTHING));

  /// Lets the code run.
  public static final Kfunc START = function("bpf_wq_start", WORK, OPTIONS);

  private WorkQueue() {}

  private static Kfunc function(String name, Kfunc.Parameter... parameters) {
    KfuncType error = KfuncType.number(Integer.BYTES, true);
    return new Kfunc(name, SINCE, error, List.of(), "", List.of(parameters));
  }
}
