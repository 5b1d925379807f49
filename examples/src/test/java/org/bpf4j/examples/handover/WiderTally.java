package org.bpf4j.examples.handover;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

/// Another version of [Tally], whose map has other values of the same size.
@Bpf(license = "GPL")
public final class WiderTally {

  /// What came of one length.
  @Struct
  static final class Sum {
    int length;
    int flags;
    long frames;
  }

  static final BpfHashMap<Integer, Sum> sums = BpfHashMap.create(128);

  @Xdp
  static XdpAction tally(XdpContext ctx) {
    Sum sum = sums.get(ctx.length());
    if (sum != null) {
      sum.frames++;
    }
    return XdpAction.PASS;
  }
}
