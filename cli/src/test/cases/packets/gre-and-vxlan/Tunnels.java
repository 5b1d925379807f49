import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Gre;
import org.bpf4j.lang.net.GreKey;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Udp;
import org.bpf4j.lang.net.Vxlan;

@Bpf(license = "GPL")
public final class Tunnels {

  static int network = -1;
  static int inner;

  @Tc
  static TcAction look(TcContext context) {
    Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) {
      return TcAction.OK;
    }
    int at = Ethernet.BYTES + ip.headerBytes();
    return switch (ip.protocol()) {
      case IpProtocol.GRE -> gre(context, at);
      case IpProtocol.UDP -> vxlan(context, at);
      default -> TcAction.PIPE;
    };
  }

  private static TcAction gre(TcContext context, int at) {
    Gre gre = context.header(Gre.class, at);
    if (gre == null || gre.version() != 0) {
      return TcAction.SHOT;
    }
    if (gre.has(Gre.KEY)) {
      GreKey key = context.header(GreKey.class, at + gre.keyOffset());
      if (key == null) {
        return TcAction.SHOT;
      }
      network = key.key();
      key.key(key.key() ^ 0xff);
    }
    return inside(context, gre.protocol(), at + gre.headerBytes());
  }

  private static TcAction vxlan(TcContext context, int at) {
    Udp udp = context.header(Udp.class, at);
    if (udp == null || udp.destinationPort() != Vxlan.PORT) {
      return TcAction.PIPE;
    }
    Vxlan vxlan = context.header(Vxlan.class, at + Udp.BYTES);
    if (vxlan == null || !vxlan.hasNetworkId()) {
      return TcAction.SHOT;
    }
    network = vxlan.networkId();
    vxlan.networkId(network / 2);
    return inside(context, EtherType.ETHERNET, at + Udp.BYTES + Vxlan.BYTES);
  }

  private static TcAction inside(TcContext context, int type, int at) {
    int from = at;
    int carried = type;
    if (carried == EtherType.ETHERNET) {
      Ethernet ethernet = context.header(Ethernet.class, from);
      if (ethernet == null) {
        return TcAction.SHOT;
      }
      carried = ethernet.etherType();
      from += Ethernet.BYTES;
    }
    Ipv4 ip = carried == EtherType.IPV4 ? context.header(Ipv4.class, from) : null;
    if (ip == null) {
      return TcAction.OK;
    }
    inner = ip.source();
    return TcAction.STOLEN;
  }
}
