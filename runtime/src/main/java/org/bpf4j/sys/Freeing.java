package org.bpf4j.sys;

/// Frees several things one after another: all of them, even if some fail.
public final class Freeing {

  private Freeing() {}

  /// Takes all steps; then throws the first failure, with the others suppressed in it.
  public static void all(Iterable<Runnable> steps) {
    RuntimeException first = null;
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /// Takes all steps because something failed, which their failures are added to.
  public static void after(Throwable failure, Iterable<Runnable> steps) {
    try {
      all(steps);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
