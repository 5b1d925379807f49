package org.bpf4j.sim;

import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.FaultException;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Outcome.Kind;

/// Helpers on spin locks and critical sections: a run has the kernel for itself, so nobody waits,
/// but one that is left held is a fault.
final class LockHelpers {

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.SPIN_LOCK, LockHelpers::lock,
          Helper.SPIN_UNLOCK, LockHelpers::unlock);

  /// `EDEADLK`.
  private static final int DEADLOCK = 35;

  private LockHelpers() {}

  private static long lock(Run run, KernelCall call) {
    if (run.holdsLockOfMap()) {
      throw new FaultException(Kind.BAD_ARGUMENT, "a second lock is taken");
    }
    run.take(call.argument(1));
    return 0;
  }

  /// Takes one beside others, but none twice.
  static long lockResilient(Run run, KernelCall call) {
    if (run.holds(call.argument(1))) {
      return -DEADLOCK;
    }
    run.take(call.argument(1));
    return 0;
  }

  static long unlock(Run run, KernelCall call) {
    if (!run.giveBack(call.argument(1))) {
      throw new FaultException(Kind.BAD_ARGUMENT, "a lock is released that is not held");
    }
    return 0;
  }

  static long enter(Run run, KernelCall call) {
    run.sections++;
    return 0;
  }

  static long leave(Run run, KernelCall call) {
    if (run.sections-- == 0) {
      throw new FaultException(Kind.BAD_ARGUMENT, "a critical section is left that is not begun");
    }
    return 0;
  }
}
