import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv6;
import org.bpf4j.lang.net.Ipv6Address;

@Bpf(license = "GPL")
public final class Ipv6Addresses {

  record Pair(Ipv6Address source, Ipv6Address destination) {}

  static final BpfHashMap<Pair, Integer> seen = BpfHashMap.create(16);

  @Xdp
  static XdpAction reflect(XdpContext context) {
    Ethernet ethernet = context.header(Ethernet.class, 0);
    if (ethernet == null || ethernet.etherType() != EtherType.IPV6) {
      return XdpAction.PASS;
    }
    Ipv6 ip = context.header(Ipv6.class, Ethernet.BYTES);
    if (ip == null || ip.version() != 6 || ip.destination().isMulticast()) {
      return XdpAction.DROP;
    }
    seen.put(new Pair(ip.source(), ip.destination()), ip.payloadLength());
    ip.hopLimit(ip.hopLimit() - 1);
    ip.swapAddresses();
    return XdpAction.TX;
  }
}
