package org.bpf4j.sim;

import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.HelperCall;

/// Helpers of XDP programs, and redirection, which TC programs share.
final class XdpHelpers {

  private static final int XDP_ABORTED = 0;
  private static final int XDP_REDIRECT = 4;
  private static final int TC_ACT_SHOT = 2;
  private static final int TC_ACT_REDIRECT = 7;

  /// `BPF_F_INGRESS`.
  private static final long INGRESS = 1;

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.XDP_ADJUST_HEAD,
          (run, call) -> run.xdp(call.argument(1)).adjustHead((int) call.argument(2)),
          Helper.XDP_ADJUST_TAIL,
          (run, call) -> run.xdp(call.argument(1)).adjustTail((int) call.argument(2)),
          Helper.XDP_ADJUST_META,
          (run, call) -> run.xdp(call.argument(1)).adjustMeta((int) call.argument(2)),
          Helper.XDP_GET_BUFF_LEN,
          (run, call) -> run.xdp(call.argument(1)).length(),
          Helper.REDIRECT,
          XdpHelpers::redirect);

  private XdpHelpers() {}

  private static long redirect(Run run, HelperCall call) {
    long flags = call.argument(2);
    return switch (run.context) {
      case XdpContext _ -> flags == 0 ? XDP_REDIRECT : XDP_ABORTED;
      case SkbContext _ -> (flags & ~INGRESS) == 0 ? TC_ACT_REDIRECT : TC_ACT_SHOT;
      case PlainContext _, StructContext _, FlowContext _ -> -Errno.EINVAL;
    };
  }
}
