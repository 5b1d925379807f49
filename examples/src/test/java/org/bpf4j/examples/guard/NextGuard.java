package org.bpf4j.examples.guard;

import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Udp;

/// The version of [Guard] that follows: it has the same maps and one more, and counts by ports.
@Bpf(license = "GPL")
public final class NextGuard {

  static final BpfHashMap<Integer, Boolean> closed = BpfHashMap.create(1_024);
  static final BpfArray<AtomicLong> dropped = BpfArray.create(1);
  static final BpfArray<AtomicLong> passed = BpfArray.create(1);
  static final BpfHashMap<Integer, AtomicLong> droppedAt = BpfHashMap.create(1_024);

  @Xdp
  static XdpAction filter(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || eth.etherType() != EtherType.IPV4) return XdpAction.PASS;
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.protocol() != IpProtocol.UDP) return XdpAction.PASS;
    if (ip.isLaterFragment()) return XdpAction.DROP;
    Udp udp = ctx.header(Udp.class, Ethernet.BYTES + ip.headerBytes());
    if (udp == null) return XdpAction.PASS;
    int port = udp.destinationPort();
    if (!closed.containsKey(port)) return XdpAction.PASS;
    dropped.get(0).incrementAndGet();
    AtomicLong here = droppedAt.get(port);
    if (here != null) {
      here.incrementAndGet();
    } else {
      droppedAt.put(port, new AtomicLong(1));
    }
    return XdpAction.DROP;
  }

  @Tc
  static TcAction count(TcContext ctx) {
    passed.get(0).addAndGet(1);
    return TcAction.OK;
  }
}
