package org.bpf4j.examples.guard;

import java.util.concurrent.atomic.AtomicInteger;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

/// A version of [Guard] that counts in half the room, and so cannot take its place.
@Bpf(license = "GPL")
public final class NarrowGuard {

  static final BpfArray<AtomicInteger> dropped = BpfArray.create(1);

  @Xdp
  static XdpAction filter(XdpContext ctx) {
    dropped.get(0).incrementAndGet();
    return XdpAction.DROP;
  }
}
