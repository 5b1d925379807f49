package org.bpf4j.sim;

import java.util.Arrays;
import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.KernelCall;

/// Helpers of XDP programs, and redirection, which TC programs share.
final class XdpHelpers {

  private static final int XDP_ABORTED = 0;
  private static final int XDP_REDIRECT = 4;
  private static final int TC_ACT_SHOT = 2;
  private static final int TC_ACT_REDIRECT = 7;

  /// `BPF_F_INGRESS`.
  private static final long INGRESS = 1;

  /// No offset into a frame is greater: `bpf_xdp_pointer`.
  private static final int MAX_OFFSET = 0xffff;

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
          Helper.XDP_LOAD_BYTES,
          XdpHelpers::load,
          Helper.XDP_STORE_BYTES,
          XdpHelpers::store,
          Helper.REDIRECT,
          XdpHelpers::redirect);

  private XdpHelpers() {}

  private static boolean isWithin(XdpContext frame, long offset, long size) {
    return offset <= MAX_OFFSET && size <= MAX_OFFSET && offset + size <= frame.length();
  }

  private static long load(Run run, KernelCall call) {
    XdpContext frame = run.xdp(call.argument(1));
    long offset = call.argument(2) & 0xffff_ffffL;
    long size = call.argument(4) & 0xffff_ffffL;
    if (!isWithin(frame, offset, size)) {
      return -Errno.EINVAL;
    }
    int from = frame.data + (int) offset;
    call.memory()
        .write(call.argument(3), Arrays.copyOfRange(frame.buffer, from, from + (int) size));
    return 0;
  }

  private static long store(Run run, KernelCall call) {
    XdpContext frame = run.xdp(call.argument(1));
    long offset = call.argument(2) & 0xffff_ffffL;
    byte[] bytes = call.memory().read(call.argument(3), (int) call.argument(4));
    if (!isWithin(frame, offset, bytes.length)) {
      return -Errno.EINVAL;
    }
    System.arraycopy(bytes, 0, frame.buffer, frame.data + (int) offset, bytes.length);
    return 0;
  }

  private static long redirect(Run run, KernelCall call) {
    long flags = call.argument(2);
    return switch (run.context) {
      case XdpContext _ -> flags == 0 ? XDP_REDIRECT : XDP_ABORTED;
      case SkbContext _ -> (flags & ~INGRESS) == 0 ? TC_ACT_REDIRECT : TC_ACT_SHOT;
      case PlainContext _, StructContext _, FlowContext _ -> -Errno.EINVAL;
    };
  }
}
