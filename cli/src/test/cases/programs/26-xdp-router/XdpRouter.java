import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.DevMapHash;
import org.bpf4j.lang.FibLookup;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Checksum;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;

/// Forwards IPv4 packets as the kernel's routing table says, without the kernel's network stack.
@Bpf(license = "GPL")
public final class XdpRouter {

  static final int AF_INET = 2;

  static final DevMapHash ports = DevMapHash.create(64);
  static final BpfArray<AtomicLong> outcomes = BpfArray.create(16);

  @Xdp
  static XdpAction route(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || eth.etherType() != EtherType.IPV4) return XdpAction.PASS;
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.ttl() <= 1) return XdpAction.PASS;

    FibLookup way = new FibLookup();
    way.family = AF_INET;
    way.protocol = ip.protocol();
    way.length = ip.totalLength();
    way.ifindex = ctx.ingressIfindex();
    way.metric = ip.typeOfService();
    way.source = ip.source();
    way.destination = ip.destination();
    int outcome = Helpers.fibLookup(ctx, way, 0);
    if (outcome >= 0 && outcome < 16) outcomes.get(outcome).incrementAndGet();

    return switch (outcome) {
      case FibLookup.SUCCESS -> {
        decrementTtl(ip);
        eth.destination(way.destinationMac);
        eth.source(way.sourceMac);
        yield ports.redirect(way.ifindex, XdpAction.PASS);
      }
      case FibLookup.BLACKHOLE, FibLookup.UNREACHABLE, FibLookup.PROHIBIT -> XdpAction.DROP;
      default -> XdpAction.PASS; // the kernel knows better
    };
  }

  static void decrementTtl(Ipv4 ip) {
    int ttl = ip.ttl();
    ip.checksum(Checksum.replace16(ip.checksum(), ttl << 8, ttl - 1 << 8));
    ip.ttl(ttl - 1);
  }
}
