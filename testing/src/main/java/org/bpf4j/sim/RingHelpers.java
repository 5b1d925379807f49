package org.bpf4j.sim;

import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Region;

/// Helpers on ring buffers.
final class RingHelpers {

  /// `BPF_RB_NO_WAKEUP | BPF_RB_FORCE_WAKEUP`, which make no difference here.
  private static final long WAKEUP_FLAGS = 3;

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.RINGBUF_OUTPUT, RingHelpers::output,
          Helper.RINGBUF_RESERVE, RingHelpers::reserve,
          Helper.RINGBUF_SUBMIT, (run, call) -> finish(run, call, true),
          Helper.RINGBUF_DISCARD, (run, call) -> finish(run, call, false),
          Helper.RINGBUF_QUERY, (run, call) -> run.ring(call.argument(1)).query(call.argument(2)));

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

  private static long finish(Run run, KernelCall call, boolean submit) {
    run.finish(call.argument(1), submit);
    return 0;
  }
}
