package org.bpf4j.sim;

import java.util.Map;
import org.bpf4j.object.NumberIterator;
import org.bpf4j.vm.KernelCall;

/// The kernel's iterator over numbers: the current number, then the end, each four bytes.
final class IteratorFunctions {

  static final Map<String, HelperBody> BODIES =
      Map.of(
          NumberIterator.NEW.name(), IteratorFunctions::begin,
          NumberIterator.NEXT.name(), IteratorFunctions::next,
          NumberIterator.DESTROY.name(), IteratorFunctions::destroy);

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
