package org.bpf4j.examples.fault;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.LwtAction;
import org.bpf4j.lang.LwtXmit;
import org.bpf4j.lang.LwtXmitContext;

/// A program of a route, which stays when the process dies.
@Bpf(license = "GPL")
public final class LastingRoute {

  static int packets;

  private LastingRoute() {}

  @LwtXmit
  static LwtAction pass(LwtXmitContext context) {
    packets++;
    return LwtAction.OK;
  }
}
