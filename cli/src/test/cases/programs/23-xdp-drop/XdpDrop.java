import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfLruHashMap;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;

/// Drops what comes from blocked addresses, and counts packets by address and by verdict.
@Bpf(license = "GPL")
public final class XdpDrop {

  static final BpfHashMap<Integer, Boolean> blocked = BpfHashMap.create(1_024);
  static final BpfLruHashMap<Integer, AtomicLong> packets = BpfLruHashMap.create(16_384);
  static final BpfPerCpuArray<AtomicLong> verdicts = BpfPerCpuArray.create(5);

  @Xdp
  static XdpAction filter(XdpContext ctx) {
    XdpAction verdict = decide(ctx);
    verdicts.get(verdict.ordinal()).incrementAndGet();
    return verdict;
  }

  static XdpAction decide(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || eth.etherType() != EtherType.IPV4) return XdpAction.PASS;
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) return XdpAction.PASS;

    count(ip.source());
    return blocked.containsKey(ip.source()) ? XdpAction.DROP : XdpAction.PASS;
  }

  static void count(int source) {
    AtomicLong count = packets.get(source);
    if (count == null) {
      packets.putIfAbsent(source, new AtomicLong(1));
    } else {
      count.incrementAndGet();
    }
  }
}
