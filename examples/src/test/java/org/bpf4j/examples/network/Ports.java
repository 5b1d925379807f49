package org.bpf4j.examples.network;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.CgroupBind4;
import org.bpf4j.lang.CgroupBindAction;
import org.bpf4j.lang.SocketAddress4Context;

/// Refuses a port to a control group.
@Bpf(license = "GPL")
public final class Ports {

  static int asked;

  private Ports() {}

  @CgroupBind4
  static CgroupBindAction bind(SocketAddress4Context context) {
    asked++;
    return context.port() == 20091 ? CgroupBindAction.DENY : CgroupBindAction.ALLOW;
  }
}
