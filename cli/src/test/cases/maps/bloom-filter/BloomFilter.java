import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfBloomFilter;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;

@Bpf(license = "GPL")
public final class BloomFilter {

  record Flow(int source, int destination) {}

  static final BpfBloomFilter<Flow> seen = BpfBloomFilter.create(1_000);

  @Xdp
  static XdpAction firstOfEach(XdpContext ctx) {
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) {
      return XdpAction.ABORTED;
    }
    Flow flow = new Flow(ip.source(), ip.destination());
    if (seen.mightContain(flow)) {
      return XdpAction.DROP;
    }
    seen.add(flow);
    return XdpAction.PASS;
  }
}
