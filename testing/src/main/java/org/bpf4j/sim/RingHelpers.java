package org.bpf4j.sim;

import java.util.Map;
import java.util.function.Predicate;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Region;

/// Helpers on ring buffers.
final class RingHelpers {

  /// `BPF_RB_NO_WAKEUP | BPF_RB_FORCE_WAKEUP`, which make no difference here.
  private static final long WAKEUP_FLAGS = 3;

  /// `BPF_MAX_USER_RINGBUF_SAMPLES`.
  private static final int MAX_SAMPLES = 1 << 17;

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.RINGBUF_OUTPUT,
          RingHelpers::output,
          Helper.RINGBUF_RESERVE,
          RingHelpers::reserve,
          Helper.RINGBUF_SUBMIT,
          (run, call) -> finish(run, call, true),
          Helper.RINGBUF_DISCARD,
          (run, call) -> finish(run, call, false),
          Helper.USER_RINGBUF_DRAIN,
          RingHelpers::drain,
          Helper.RINGBUF_QUERY,
          (run, call) -> run.ring(call.argument(1)).query(call.argument(2)));

  private RingHelpers() {}

  private static long output(Run run, KernelCall call) {
    RingMap ring = run.ring(call.argument(1));
    if ((call.argument(4) & ~WAKEUP_FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    return ring.output(call.memory().read(call.argument(2), (int) call.argument(3)));
  }

  private static long reserve(Run run, KernelCall call) {
    RingMap ring = run.ring(call.argument(1));
    Region record = call.argument(3) != 0 ? null : run.reserve(ring, call.argument(2));
    return record == null ? 0 : record.address();
  }

  /// Calls back for each record with a dynptr of it.
  private static long drain(Run run, KernelCall call) {
    UserRingMap ring = run.userRing(call.argument(1));
    return (call.argument(4) & ~WAKEUP_FLAGS) != 0
        ? -Errno.EINVAL
        : drain(ring, record -> callBack(call, ring, record) == 0);
  }

  /// Shows each record until there is none or it gives false; gives their number.
  static long drain(UserRingMap ring, Predicate<byte[]> body) {
    if (!ring.enter()) {
      return -Errno.EBUSY;
    }
    try {
      long count = 0;
      boolean goOn = true;
      byte[] record = ring.peek();
      while (goOn && record != null && count < MAX_SAMPLES) {
        count++;
        try {
          goOn = body.test(record);
        } finally {
          ring.remove();
        }
        record = ring.peek();
      }
      return count;
    } finally {
      ring.leave();
    }
  }

  private static long callBack(KernelCall call, UserRingMap ring, byte[] record) {
    Region bytes = call.memory().add("record of ring " + ring.definition().name(), record);
    Region dynptr = Dynptr.add(call.memory(), new Dynptr(bytes.address(), record.length));
    try {
      return call.callBack(call.argument(2), dynptr.address(), call.argument(3));
    } finally {
      call.memory().remove(dynptr);
      call.memory().remove(bytes);
    }
  }

  private static long finish(Run run, KernelCall call, boolean submit) {
    run.finish(call.argument(1), submit);
    return 0;
  }
}
