package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Freplace;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;

/// Takes the place of [Verdicts]' function.
@Bpf(license = "GPL")
public final class StricterVerdicts {

  static int replaced;
  static int given;

  @Freplace("verdict")
  static int stricter(XdpContext context, int number) {
    replaced++;
    given = number;
    Ethernet frame = context.header(Ethernet.class, 0);
    return frame != null && frame.etherType() == EtherType.IPV4 ? 100 / (number - 7) : 1;
  }

  private StricterVerdicts() {}
}
