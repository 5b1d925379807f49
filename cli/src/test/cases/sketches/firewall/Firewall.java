import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfLruPerCpuHashMap;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;

@Bpf(license = "GPL")
public final class Firewall {

  @Struct
  static final class Stats {
    long packets;
    long bytes;
  }

  record Flow(int source, int port) {}

  static final BpfLruPerCpuHashMap<Flow, Stats> stats = BpfLruPerCpuHashMap.create(65_536);
  static final BpfHashMap<Integer, Boolean> blocked = BpfHashMap.create(1_024);

  @Config static boolean dropAll = false;
  static long seen;

  @Xdp
  static XdpAction filter(XdpContext context) {
    seen++;
    Ethernet ethernet = context.header(Ethernet.class, 0);
    if (ethernet == null || ethernet.etherType() != EtherType.IPV4) {
      return XdpAction.PASS;
    }
    Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) {
      return XdpAction.PASS;
    }
    Flow flow = new Flow(ip.source(), 0);
    Stats known = stats.get(flow);
    if (known != null) {
      known.packets++;
      known.bytes += context.length();
    } else {
      Stats fresh = new Stats();
      fresh.packets = 1;
      fresh.bytes = context.length();
      stats.put(flow, fresh);
    }
    return dropAll || blocked.containsKey(ip.source()) ? XdpAction.DROP : XdpAction.PASS;
  }
}
