package org.bpf4j.sim;

import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.HelperCall;

/// Helpers that tune sockets, of which a simulated kernel has none: they succeed.
final class SocketHelpers {

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.SETSOCKOPT, SocketHelpers::setOption, Helper.SOCK_OPS_CB_FLAGS_SET, (_, _) -> 0);

  private SocketHelpers() {}

  private static long setOption(Run run, HelperCall call) {
    call.memory().read(call.argument(4), (int) call.argument(5));
    return 0;
  }
}
