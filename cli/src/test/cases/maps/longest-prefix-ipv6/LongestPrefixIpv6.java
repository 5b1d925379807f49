import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfLpmTrie;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv6;
import org.bpf4j.lang.net.Ipv6Address;
import org.bpf4j.lang.net.Ipv6Prefix;

@Bpf(license = "GPL")
public final class LongestPrefixIpv6 {

  static final BpfLpmTrie<Ipv6Prefix, Integer> routes = BpfLpmTrie.create(16);
  static int found;

  @Xdp
  static XdpAction route(XdpContext ctx) {
    Ipv6 ip = ctx.header(Ipv6.class, Ethernet.BYTES);
    if (ip == null) {
      return XdpAction.ABORTED;
    }
    Ipv6Address to = ip.destination();
    Integer route = routes.get(new Ipv6Prefix(128, to.high(), to.low()));
    found = route == null ? -1 : route;
    return XdpAction.PASS;
  }
}
