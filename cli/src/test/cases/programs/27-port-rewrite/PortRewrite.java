import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Tcp;

/// Sends TCP connections for one port to another, and keeps the checksums right.
@Bpf(license = "GPL")
public final class PortRewrite {

  @Config static int from = 80;
  @Config static int to = 8_080;

  @Tc
  static TcAction onIngress(TcContext ctx) {
    Ipv4 ip = ipv4(ctx);
    if (ip == null) return TcAction.OK;
    Tcp tcp = ctx.header(Tcp.class, Ethernet.BYTES + ip.headerBytes());
    if (tcp == null || tcp.destinationPort() != from) return TcAction.OK;
    tcp.checksum(org.bpf4j.lang.net.Checksum.replace16(tcp.checksum(), from, to));
    tcp.destinationPort(to);
    return TcAction.OK;
  }

  @Tc
  static TcAction onEgress(TcContext ctx) {
    Ipv4 ip = ipv4(ctx);
    if (ip == null) return TcAction.OK;
    int at = Ethernet.BYTES + ip.headerBytes();
    Tcp tcp = ctx.header(Tcp.class, at);
    if (tcp == null || tcp.sourcePort() != to) return TcAction.OK;
    tcp.sourcePort(from);
    // 16: where the checksum lies in the header; the kernel counts in network order
    Helpers.l4CsumReplace(
        ctx, at + 16, Short.reverseBytes((short) to), Short.reverseBytes((short) from), 2);
    return TcAction.OK;
  }

  static Ipv4 ipv4(TcContext ctx) {
    if (ctx.protocol() != EtherType.IPV4) return null;
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    return ip == null || ip.protocol() != IpProtocol.TCP ? null : ip;
  }
}
