package org.bpf4j.sim;

import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.FaultException;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Outcome.Kind;

/// Helpers on queues, filters, perf buffers, and places to send frames to.
final class OtherMapHelpers {

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.MAP_PUSH_ELEM, OtherMapHelpers::push,
          Helper.MAP_POP_ELEM, (run, call) -> next(run, call, true),
          Helper.MAP_PEEK_ELEM, (run, call) -> next(run, call, false),
          Helper.PERF_EVENT_OUTPUT, OtherMapHelpers::output,
          Helper.REDIRECT_MAP, OtherMapHelpers::redirect);

  private OtherMapHelpers() {}

  private static long push(Run run, KernelCall call) {
    SimulatedMap map = run.map(call.argument(1));
    byte[] value = call.memory().read(call.argument(2), map.definition().valueSize());
    return switch (map) {
      case QueueMap queue -> queue.push(value, call.argument(3));
      case FilterMap filter -> {
        filter.add(value);
        yield 0;
      }
      case ArenaMap _, EventMap _, KeyedMap _, ObjectMap _, RingMap _, UserRingMap _ ->
          throw refused(map);
    };
  }

  private static long next(Run run, KernelCall call, boolean remove) {
    SimulatedMap map = run.map(call.argument(1));
    return switch (map) {
      case QueueMap queue -> {
        byte[] value = queue.next(remove);
        if (value == null) {
          yield -Errno.ENOENT;
        }
        call.memory().write(call.argument(2), value);
        yield 0;
      }
      case FilterMap filter ->
          filter.contains(call.memory().read(call.argument(2), map.definition().valueSize()))
              ? 0
              : -Errno.ENOENT;
      case ArenaMap _, EventMap _, KeyedMap _, ObjectMap _, RingMap _, UserRingMap _ ->
          throw refused(map);
    };
  }

  private static long output(Run run, KernelCall call) {
    SimulatedMap map = run.map(call.argument(2));
    if (map instanceof EventMap events) {
      byte[] record = call.memory().read(call.argument(4), (int) call.argument(5));
      return events.output(run.context, record, call.argument(3));
    }
    throw refused(map);
  }

  private static long redirect(Run run, KernelCall call) {
    SimulatedMap map = run.map(call.argument(1));
    return Redirects.of(map, (int) call.argument(2), call.argument(3));
  }

  private static FaultException refused(SimulatedMap map) {
    return new FaultException(
        Kind.BAD_ARGUMENT, "map `" + map.definition().name() + "` has no such operation");
  }
}
