package org.bpf4j.examples.fault;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.LwtAction;
import org.bpf4j.lang.LwtXmit;
import org.bpf4j.lang.LwtXmitContext;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;

/// Programs of a route and of traffic control, which stay when the process dies.
@Bpf(license = "GPL")
public final class LastingPackets {

  static int packets;

  private LastingPackets() {}

  @Tc
  static TcAction count() {
    packets++;
    return TcAction.UNSPEC;
  }

  @LwtXmit
  static LwtAction pass(LwtXmitContext context) {
    packets++;
    return LwtAction.OK;
  }
}
