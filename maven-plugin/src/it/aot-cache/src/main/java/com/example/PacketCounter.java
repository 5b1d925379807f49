package com.example;

import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class PacketCounter {
  static final BpfArray<AtomicLong> packets = BpfArray.create(1);

  private PacketCounter() {}

  @Xdp
  static XdpAction count(XdpContext ctx) {
    packets.get(0).incrementAndGet();
    return XdpAction.PASS;
  }
}
