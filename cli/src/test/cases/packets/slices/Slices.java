import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Udp;

@Bpf(license = "GPL")
public final class Slices {

  static long ports;
  static int seen;

  @Xdp
  static XdpAction frame(XdpContext context) {
    Ethernet ethernet = context.slice(Ethernet.class, 0);
    if (ethernet == null || ethernet.etherType() != EtherType.IPV4) {
      return XdpAction.PASS;
    }
    Ipv4 ip = context.slice(Ipv4.class, Ethernet.BYTES);
    if (ip == null) {
      return XdpAction.ABORTED;
    }
    Udp udp = context.slice(Udp.class, Ethernet.BYTES + (ip.versionAndLength() & 15) * 4);
    if (udp == null) {
      return XdpAction.DROP;
    }
    ports = ((long) udp.sourcePort() << 32) | udp.destinationPort();
    seen += ip.ttl();
    return XdpAction.TX;
  }

  @Tc
  static TcAction packet(TcContext context) {
    int offset = -1;
    for (int i = 0; i < 3; i++) {
      Udp udp = context.slice(Udp.class, offset);
      if (udp != null) {
        ports += udp.sourcePort();
        seen++;
      }
      offset = offset < 0 ? 34 : offset + 1_000_000;
    }
    return seen == 1 ? TcAction.OK : TcAction.SHOT;
  }
}
