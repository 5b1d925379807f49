import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Checksum;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Tcp;

/// Answers the first segments of connections by cookies, so that the kernel keeps nothing for
/// connections that nobody finishes, and lets those pass that bring their cookie back.
@Bpf(license = "GPL", minKernel = "6.0")
public final class SynCookies {

  static final BpfHashMap<Integer, Boolean> ports = BpfHashMap.create(64);
  static final AtomicLong sent = new AtomicLong();
  static final AtomicLong refused = new AtomicLong();

  @Xdp
  static XdpAction protect(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || eth.etherType() != EtherType.IPV4) return XdpAction.PASS;
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.headerBytes() != Ipv4.BYTES || ip.protocol() != IpProtocol.TCP) {
      return XdpAction.PASS;
    }
    Tcp tcp = ctx.header(Tcp.class, Ethernet.BYTES + Ipv4.BYTES);
    if (tcp == null || !ports.containsKey(tcp.destinationPort())) return XdpAction.PASS;
    if (tcp.has(Tcp.SYN)) return tcp.has(Tcp.ACK) ? XdpAction.PASS : answer(eth, ip, tcp);
    if (!tcp.has(Tcp.ACK) || tcp.has(Tcp.RST)) return XdpAction.PASS;
    if (Helpers.tcpRawCheckSyncookieIpv4(ip, tcp) == 0) return XdpAction.PASS;
    refused.incrementAndGet();
    return XdpAction.DROP;
  }

  static XdpAction answer(Ethernet eth, Ipv4 ip, Tcp tcp) {
    if (tcp.headerBytes() != Tcp.BYTES)
      return XdpAction.PASS; // with options: the kernel's business
    long cookie = Helpers.tcpRawGenSyncookieIpv4(ip, tcp);
    if (cookie < 0) return XdpAction.DROP;
    sent.incrementAndGet();
    eth.swapAddresses();
    ip.swapAddresses();
    tcp.swapPorts();
    tcp.acknowledgment(tcp.sequence() + 1);
    tcp.sequence((int) cookie);
    tcp.flags(Tcp.SYN | Tcp.ACK);
    tcp.window(0);
    tcp.checksum(0);
    tcp.checksum(checksum(ip, tcp));
    return XdpAction.TX;
  }

  static int checksum(Ipv4 ip, Tcp tcp) {
    int sum = Checksum.pseudo(ip.source(), ip.destination(), IpProtocol.TCP, Tcp.BYTES);
    sum += tcp.sourcePort() + tcp.destinationPort();
    sum = Checksum.add32(Checksum.add32(sum, tcp.sequence()), tcp.acknowledgment());
    sum += (tcp.dataOffset() << 8 | tcp.flags()) + tcp.window() + tcp.urgentPointer();
    return Checksum.finish(sum);
  }
}
