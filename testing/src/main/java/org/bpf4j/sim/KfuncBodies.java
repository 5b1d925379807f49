package org.bpf4j.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.bpf4j.object.CriticalSection;
import org.bpf4j.object.MapLock;
import org.bpf4j.vm.KernelCall;

/// The kernel functions that the simulated kernel has, numbered behind all helpers.
final class KfuncBodies {

  /// What a call of a function becomes that is not there.
  static final int MISSING = 1 << 24;

  private static final Map<String, HelperBody> ALL = all();

  private static final List<String> NAMES = new ArrayList<>(ALL.keySet());

  private KfuncBodies() {}

  private static Map<String, HelperBody> all() {
    Map<String, HelperBody> bodies = new TreeMap<>();
    for (CriticalSection each : CriticalSection.values()) {
      bodies.put(each.begin().name(), LockHelpers::enter);
      bodies.put(each.end().name(), LockHelpers::leave);
    }
    bodies.put(MapLock.RESILIENT.take().kernelName(), LockHelpers::lockResilient);
    bodies.put(MapLock.RESILIENT.release().kernelName(), LockHelpers::unlock);
    bodies.putAll(DynptrFunctions.BODIES);
    bodies.put("bpf_session_is_return", KfuncBodies::nothing);
    bodies.put("bpf_wq_init", (run, call) -> TimerHelpers.init(run.object.work, call));
    bodies.put(
        "bpf_wq_set_callback", (run, call) -> TimerHelpers.setCallback(run.object.work, call));
    bodies.put("bpf_wq_start", TimerHelpers::startWork);
    bodies.putAll(KernelObjects.FUNCTIONS);
    bodies.putAll(IteratorFunctions.BODIES);
    bodies.putAll(Collections.BODIES);
    return bodies;
  }

  /// A run has its kernel for itself, and is at the entry of a function.
  private static long nothing(Run run, KernelCall call) {
    return 0;
  }

  /// The number of a function; nothing if it is not modelled.
  static OptionalInt number(String name) {
    int index = NAMES.indexOf(name);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(MISSING + 1 + index);
  }

  /// Whether a number is that of a kernel function.
  static boolean isOne(int number) {
    return number > MISSING && number <= MISSING + NAMES.size();
  }

  /// The function of a number.
  static HelperBody body(int number) {
    return java.util.Objects.requireNonNull(ALL.get(NAMES.get(number - MISSING - 1)));
  }
}
