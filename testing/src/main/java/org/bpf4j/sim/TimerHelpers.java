package org.bpf4j.sim;

import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Outcome;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// Helpers on timers: they run when a test moves the clock.
///
/// A timer is known by its address, and is gone when the value that it is in is.
final class TimerHelpers {

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.TIMER_INIT, TimerHelpers::init,
          Helper.TIMER_SET_CALLBACK, TimerHelpers::setCallback,
          Helper.TIMER_START, TimerHelpers::start,
          Helper.TIMER_CANCEL, TimerHelpers::cancel);

  /// `BPF_F_TIMER_ABS`.
  private static final long ABSOLUTE = 1;

  private TimerHelpers() {}

  /// A timer that was set up.
  static final class Timer {
    private final long map;
    private KernelCall.@Nullable Deferred code;

    private Timer(long map) {
      this.map = map;
    }
  }

  private static long init(Run run, KernelCall call) {
    return init(run.object.timers, call);
  }

  /// Sets one up, if it is not yet.
  static long init(Map<Region, Timer> among, KernelCall call) {
    Timer made = new Timer(call.argument(2));
    Region value = call.memory().region(call.argument(1));
    return among.putIfAbsent(value, made) == null ? 0 : -Errno.EBUSY;
  }

  private static long setCallback(Run run, KernelCall call) {
    return setCallback(run.object.timers, call);
  }

  /// Gives one its code.
  static long setCallback(Map<Region, Timer> among, KernelCall call) {
    Timer timer = among.get(call.memory().region(call.argument(1)));
    if (timer == null) {
      return -Errno.EINVAL;
    }
    timer.code = call.later(call.argument(2));
    return 0;
  }

  private static long start(Run run, KernelCall call) {
    Region value = call.memory().region(call.argument(1));
    Timer timer = run.object.timers.get(value);
    KernelCall.Deferred code = timer == null ? null : timer.code;
    if (timer == null || code == null || (call.argument(3) & ~ABSOLUTE) != 0) {
      return -Errno.EINVAL;
    }
    long from = (call.argument(3) & ABSOLUTE) != 0 ? 0 : run.environment.clock.nanos();
    run.environment.timers.start(
        value, from + call.argument(2), () -> fire(run, run.object.timers, timer.map, value, code));
    return 0;
  }

  /// Lets the code of a work queue run when the program has ended.
  static long startWork(Run run, KernelCall call) {
    Region value = call.memory().region(call.argument(1));
    Timer work = run.object.work.get(value);
    KernelCall.Deferred code = work == null ? null : work.code;
    if (work == null || code == null || call.argument(2) != 0) {
      return -Errno.EINVAL;
    }
    run.environment.work.start(
        value,
        run.environment.clock.nanos(),
        () -> fire(run, run.object.work, work.map, value, code));
    return 0;
  }

  private static long cancel(Run run, KernelCall call) {
    Region value = call.memory().region(call.argument(1));
    if (!run.object.timers.containsKey(value)) {
      return -Errno.EINVAL;
    }
    return run.environment.timers.cancel(value) ? 1 : 0;
  }

  private static void fire(
      Run run, Map<Region, Timer> among, long map, Region value, KernelCall.Deferred code) {
    SimulatedObject object = run.object;
    object.kernel.locked(
        () -> {
          byte[] key = run.keyedMap(map).keyOf(value);
          if (key == null) {
            among.remove(value);
          } else {
            run(run, code, map, key, value);
          }
          object.reap();
          object.kernel.ranOrClosed.signalAll();
          return null;
        });
  }

  private static void run(Run run, KernelCall.Deferred code, long map, byte[] key, Region value) {
    Region lent = run.object.memory.add("key", key, 0, key.length, Region.Access.READ);
    try {
      Outcome outcome =
          code.run(new Run(run.object, run.context), map, lent.address(), value.address());
      if (!(outcome instanceof Outcome.Returned)) {
        throw new ProgramFaultException("the code of a timer: " + outcome, outcome);
      }
    } finally {
      run.object.memory.remove(lent);
    }
  }
}
