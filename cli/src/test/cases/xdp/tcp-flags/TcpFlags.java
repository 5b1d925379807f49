import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Tcp;

@Bpf(license = "GPL")
public final class TcpFlags {

  static final AtomicLong opened = new AtomicLong();

  @Xdp
  static XdpAction count(XdpContext context) {
    Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.version() != 4 || ip.protocol() != IpProtocol.TCP) {
      return XdpAction.PASS;
    }
    Tcp tcp = context.header(Tcp.class, Ethernet.BYTES + Ipv4.BYTES);
    if (tcp == null) {
      return XdpAction.ABORTED;
    }
    if (tcp.has(Tcp.SYN) && !tcp.has(Tcp.ACK)) {
      opened.incrementAndGet();
      return XdpAction.DROP;
    }
    return tcp.acknowledgment() == 2 && tcp.headerBytes() == 20 ? XdpAction.TX : XdpAction.PASS;
  }
}
