package org.bpf4j.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.object.Iteration;
import org.bpf4j.object.KernelIterator;
import org.bpf4j.object.NumberIterator;
import org.bpf4j.vm.KernelCall;

/// The kernel's iterators. That over numbers is the current number, then the end, each four bytes;
/// one over objects begins with which list it is of, and how many are behind it, each four bytes.
final class IteratorFunctions {

  static final Map<String, HelperBody> BODIES = bodies();

  private static Map<String, HelperBody> bodies() {
    Map<String, HelperBody> bodies = new HashMap<>();
    bodies.put(NumberIterator.NEW.name(), IteratorFunctions::begin);
    bodies.put(NumberIterator.NEXT.name(), IteratorFunctions::next);
    bodies.put(NumberIterator.DESTROY.name(), IteratorFunctions::destroy);
    for (KernelIterator each : KernelIterator.values()) {
      Iteration iteration = each.iteration();
      bodies.put(iteration.begin().name(), (_, call) -> beginList(each, call));
      bodies.put(iteration.next().name(), IteratorFunctions::nextOfList);
      bodies.put(iteration.end().name(), IteratorFunctions::destroy);
    }
    Iteration bits = KernelIterator.BITS.iteration();
    bodies.put(bits.begin().name(), BitFunctions::begin);
    bodies.put(bits.next().name(), BitFunctions::next);
    bodies.put(bits.end().name(), BitFunctions::destroy);
    return bodies;
  }

  /// Of iterators that share functions the constants that they are begun with tell which it is.
  private static long beginList(KernelIterator one, KernelCall call) {
    for (KernelIterator each : KernelIterator.values()) {
      List<Iteration.Given> wanted = each.iteration().given();
      boolean same = each.iteration().struct().equals(one.iteration().struct());
      for (int i = 0; i < wanted.size(); i++) {
        long given = call.argument(i + 2);
        same &= wanted.get(i).constant().orElse(given) == given;
      }
      if (same) {
        set(call, each.ordinal(), 0);
        return 0;
      }
    }
    set(call, 0, Integer.MAX_VALUE);
    return -Errno.EINVAL;
  }

  private static long nextOfList(Run run, KernelCall call) {
    int list = call.memory().loadInt(call.argument(1));
    int index = call.memory().loadInt(call.argument(1) + Integer.BYTES);
    List<Long> listed = run.environment.listed(KernelIterator.values()[list]);
    if (index >= listed.size()) {
      return 0;
    }
    set(call, list, index + 1L);
    return listed.get(index);
  }

  private IteratorFunctions() {}

  private static long begin(Run run, KernelCall call) {
    long start = (int) call.argument(2);
    long end = (int) call.argument(3);
    if (start > end || end - start > NumberIterator.MAX_ROUNDS) {
      set(call, 0, 0);
      return start > end ? -Errno.EINVAL : -Errno.E2BIG;
    }
    set(call, start - 1, end);
    return 0;
  }

  private static long next(Run run, KernelCall call) {
    long iterator = call.argument(1);
    int next = call.memory().loadInt(iterator) + 1;
    int end = call.memory().loadInt(iterator + Integer.BYTES);
    if (next >= end) {
      set(call, 0, 0);
      return 0;
    }
    set(call, next, end);
    return iterator;
  }

  private static long destroy(Run run, KernelCall call) {
    set(call, 0, 0);
    return 0;
  }

  private static void set(KernelCall call, long current, long end) {
    call.memory().storeLong(call.argument(1), current & 0xffff_ffffL | end << Integer.SIZE);
  }
}
