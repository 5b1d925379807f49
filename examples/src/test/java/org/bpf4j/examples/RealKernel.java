package org.bpf4j.examples;

import org.bpf4j.examples.execcount.ExecCounterBpf;
import org.bpf4j.kernel.BpfException;
import org.opentest4j.TestAbortedException;

/// Decides whether tests may use the running kernel: `-Dbpf4j.kernel=off|try|require`.
public final class RealKernel {

  private RealKernel() {}

  /// Goes on, or aborts the test saying why; with `require`, nothing is aborted.
  public static void use() {
    switch (System.getProperty("bpf4j.kernel", "off")) {
      case "require" -> {}
      case "try" -> tryIt();
      default ->
          throw new TestAbortedException("the real kernel is off: -Dbpf4j.kernel=try|require");
    }
  }

  private static void tryIt() {
    try {
      ExecCounterBpf.load().close();
    } catch (BpfException e) {
      throw new TestAbortedException("bpf(2) does not work here: " + e.getMessage(), e);
    }
  }
}
