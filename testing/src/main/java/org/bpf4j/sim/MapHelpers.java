package org.bpf4j.sim;

import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Region;

/// Helpers on keyed maps.
final class MapHelpers {

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.MAP_LOOKUP_ELEM, MapHelpers::lookup,
          Helper.MAP_LOOKUP_PERCPU_ELEM, MapHelpers::lookupPerCpu,
          Helper.MAP_UPDATE_ELEM, MapHelpers::update,
          Helper.MAP_DELETE_ELEM, MapHelpers::delete,
          Helper.FOR_EACH_MAP_ELEM, MapHelpers::forEach);

  private MapHelpers() {}

  private static long lookup(Run run, KernelCall call) {
    return lookup(run, call, run.environment.cpu);
  }

  private static long lookupPerCpu(Run run, KernelCall call) {
    int cpu = (int) call.argument(3);
    return cpu < 0 || cpu >= run.environment.cpus ? 0 : lookup(run, call, cpu);
  }

  private static long lookup(Run run, KernelCall call, int cpu) {
    if (run.map(call.argument(1)) instanceof ObjectMap outer) {
      byte[] key = call.memory().read(call.argument(2), outer.definition().keySize());
      return outer.at(key) instanceof SimulatedMap inner ? inner.handle().address() : 0;
    }
    KeyedMap map = run.keyedMap(call.argument(1));
    Region[] found = map.find(key(map, call), true);
    return found == null ? 0 : of(found, cpu).address();
  }

  private static long update(Run run, KernelCall call) {
    KeyedMap map = run.keyedMap(call.argument(1));
    byte[] value = call.memory().read(call.argument(3), map.definition().valueSize());
    return map.update(
        key(map, call),
        call.argument(4),
        values -> {
          Region to = of(values, run.environment.cpu);
          System.arraycopy(value, 0, to.bytes(), to.start(), value.length);
          KernelObjects.clear(run.object.object().btf(), map.definition(), to);
        });
  }

  private static long delete(Run run, KernelCall call) {
    KeyedMap map = run.keyedMap(call.argument(1));
    return map.delete(key(map, call));
  }

  /// Calls back for each entry until the callback returns 1; gives the number of calls.
  private static long forEach(Run run, KernelCall call) {
    KeyedMap map = run.keyedMap(call.argument(1));
    if (call.argument(4) != 0) {
      return -Errno.EINVAL;
    }
    long calls = 0;
    byte[] key = map.nextKey(null);
    while (key != null) {
      byte[] next = map.nextKey(key);
      Region[] found = map.find(key, false);
      if (found != null) {
        calls++;
        if (callBack(call, key, of(found, run.environment.cpu)) != 0) {
          return calls;
        }
      }
      key = next;
    }
    return calls;
  }

  private static long callBack(KernelCall call, byte[] key, Region value) {
    Region keyRegion = call.memory().add("key", key, 0, key.length, Region.Access.READ);
    try {
      return call.callBack(
          call.argument(2),
          call.argument(1),
          keyRegion.address(),
          value.address(),
          call.argument(3));
    } finally {
      call.memory().remove(keyRegion);
    }
  }

  private static byte[] key(KeyedMap map, KernelCall call) {
    return call.memory().read(call.argument(2), map.definition().keySize());
  }

  private static Region of(Region[] values, int cpu) {
    return values[values.length == 1 ? 0 : cpu];
  }
}
