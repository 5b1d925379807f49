package org.bpf4j.sim;

import java.util.EnumMap;
import java.util.Map;
import org.bpf4j.object.Helper;

/// The helpers that the simulated kernel has.
final class HelperBodies {

  /// All of them.
  static final Map<Helper, HelperBody> ALL = all();

  private HelperBodies() {}

  /// What to say of a helper that is not among them.
  static String missing(Helper helper) {
    return "no model of helper " + helper.kernelName() + " in the simulated kernel";
  }

  private static Map<Helper, HelperBody> all() {
    Map<Helper, HelperBody> bodies = new EnumMap<>(Helper.class);
    bodies.putAll(EnvironmentHelpers.BODIES);
    bodies.putAll(MapHelpers.BODIES);
    bodies.putAll(RingHelpers.BODIES);
    bodies.putAll(DynptrHelpers.BODIES);
    bodies.put(Helper.KPTR_XCHG, KernelObjects::exchange);
    bodies.putAll(TailCallHelpers.BODIES);
    bodies.putAll(LockHelpers.BODIES);
    bodies.putAll(TimerHelpers.BODIES);
    bodies.putAll(OtherMapHelpers.BODIES);
    bodies.putAll(TaskHelpers.BODIES);
    bodies.putAll(MemoryHelpers.BODIES);
    bodies.putAll(TextHelpers.BODIES);
    bodies.putAll(XdpHelpers.BODIES);
    bodies.putAll(SkbHelpers.BODIES);
    bodies.putAll(SocketHelpers.BODIES);
    bodies.putAll(StorageHelpers.BODIES);
    bodies.putAll(SettingHelpers.BODIES);
    return bodies;
  }
}
