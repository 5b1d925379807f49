package org.bpf4j.hooks;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicReference;
import org.bpf4j.cases.KernelUse;
import org.jspecify.annotations.Nullable;

/// A network namespace of a thread's own, with nothing but a loopback interface; it goes away with
/// the thread and what it opened.
final class OwnNetwork {

  /// `CLONE_NEWNET` of `linux/sched.h`.
  private static final int NEW_NETWORK = 0x40000000;

  private static final long PATIENCE_MILLIS = 3 * Shell.PATIENCE.toMillis();

  private OwnNetwork() {}

  /// What is done in it.
  interface Action {
    /// Does it.
    void run() throws Exception;
  }

  /// Does something in a new namespace, and throws what it throws; aborts the test where the kernel
  /// is not to be used.
  static void run(Action action) throws Exception {
    KernelUse.current().check();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    unshare();
                    Shell.must("ip", "link", "set", "lo", "up");
                    action.run();
                  } catch (Throwable e) {
                    failure.set(e);
                  }
                });
    thread.join(PATIENCE_MILLIS);
    switch (failure.get()) {
      case null -> {
        if (thread.isAlive()) {
          throw new AssertionError("the test does not end");
        }
      }
      case Exception e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new AssertionError(e);
    }
  }

  private static void unshare() throws Throwable {
    int result =
        (int)
            Linker.nativeLinker()
                .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("unshare"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                .invokeExact(NEW_NETWORK);
    if (result != 0) {
      throw new AssertionError("unshare failed");
    }
  }
}
