import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.Checksum;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Ipv6;
import org.bpf4j.lang.net.Ipv6Address;
import org.bpf4j.lang.net.Tcp;
import org.bpf4j.lang.net.Udp;

@Bpf(license = "GPL")
public final class Nat {

  static final int INSIDE = 0x0a000001;
  static final int OUTSIDE = 0xc0a80001;

  @Tc
  static TcAction translate(TcContext context) {
    Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) {
      return TcAction.OK;
    }
    if (ip.version() == 6) {
      return translate6(context);
    }
    if (ip.version() != 4 || ip.source() != INSIDE) {
      return TcAction.OK;
    }
    if (ip.headerBytes() == Ipv4.BYTES && Checksum.of(ip) != ip.checksum()) {
      return TcAction.SHOT;
    }
    ip.checksum(Checksum.replace32(ip.checksum(), INSIDE, OUTSIDE));
    ip.source(OUTSIDE);
    int at = Ethernet.BYTES + ip.headerBytes();
    if (ip.protocol() == IpProtocol.TCP) {
      Tcp tcp = context.header(Tcp.class, at);
      if (tcp == null) {
        return TcAction.SHOT;
      }
      tcp.checksum(Checksum.replace32(tcp.checksum(), INSIDE, OUTSIDE));
      tcp.checksum(Checksum.replace16(tcp.checksum(), tcp.sourcePort(), 4000));
      tcp.sourcePort(4000);
    } else if (ip.protocol() == IpProtocol.UDP) {
      Udp udp = context.header(Udp.class, at);
      if (udp == null) {
        return TcAction.SHOT;
      }
      if (udp.checksum() != 0) {
        udp.checksum(Checksum.replace32(udp.checksum(), INSIDE, OUTSIDE));
      }
    }
    return TcAction.PIPE;
  }

  private static TcAction translate6(TcContext context) {
    Ipv6 ip = context.header(Ipv6.class, Ethernet.BYTES);
    Udp udp = context.header(Udp.class, Ethernet.BYTES + Ipv6.BYTES);
    if (ip == null || udp == null || ip.nextHeader() != IpProtocol.UDP) {
      return TcAction.OK;
    }
    Ipv6Address outside = new Ipv6Address(0x20010db8_00000000L, 0xffffL);
    udp.checksum(Checksum.replace(udp.checksum(), ip.source(), outside));
    ip.source(outside);
    return TcAction.STOLEN;
  }
}
