package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

/// Asks a global function about each frame, which others may replace.
@Bpf(license = "GPL")
public final class Verdicts {

  static int asked;

  @Xdp
  static XdpAction filter(XdpContext context) {
    return verdict(context, 7) == 0 ? XdpAction.PASS : XdpAction.DROP;
  }

  @BpfFunction(global = true)
  static int verdict(XdpContext context, int number) {
    asked++;
    Ethernet frame = context.header(Ethernet.class, 0);
    return frame == null ? number : 0;
  }

  private Verdicts() {}
}
