package org.bpf4j.examples.maps;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfBloomFilter;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;

/// A program that remembers addresses, as far as a filter does.
@Bpf(license = "GPL")
public final class Remembered {

  static final BpfBloomFilter<Integer> filter = BpfBloomFilter.create(100);

  private Remembered() {}

  @Xdp
  static XdpAction remember(XdpContext ctx) {
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    int address = ip == null ? 0 : ip.destination();
    boolean known = filter.mightContain(address);
    filter.add(address);
    return known ? XdpAction.DROP : XdpAction.PASS;
  }
}
