import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfLpmTrie;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Ipv4Prefix;
import org.bpf4j.lang.net.Ipv6;
import org.bpf4j.lang.net.Ipv6Prefix;

@Bpf(license = "GPL")
public final class Prefixes {
  static final BpfLpmTrie<Ipv4Prefix, Boolean> allowed4 = BpfLpmTrie.create(16);
  static final BpfLpmTrie<Ipv6Prefix, Boolean> allowed6 = BpfLpmTrie.create(16);
  @Config static int bits = 8;
  static boolean near;

  @Xdp
  static XdpAction allow(XdpContext context) {
    Ethernet ethernet = context.header(Ethernet.class, 0);
    if (ethernet == null) {
      return XdpAction.ABORTED;
    }
    boolean allowed =
        switch (ethernet.etherType()) {
          case EtherType.IPV4 -> {
            Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
            near = ip != null && new Ipv4Prefix(bits, ip.destination()).contains(ip.source());
            yield ip != null && allowed4.getOrDefault(Ipv4Prefix.of(ip.source()), false);
          }
          case EtherType.IPV6 -> {
            Ipv6 ip = context.header(Ipv6.class, Ethernet.BYTES);
            if (ip == null) {
              yield false;
            }
            Ipv6Prefix prefix =
                new Ipv6Prefix(bits, ip.destination().high(), ip.destination().low());
            near = prefix.contains(ip.source());
            yield allowed6.getOrDefault(Ipv6Prefix.of(ip.source()), false);
          }
          default -> true;
        };
    return allowed ? XdpAction.PASS : XdpAction.DROP;
  }
}
