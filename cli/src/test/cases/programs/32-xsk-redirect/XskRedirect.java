import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.XskMap;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Udp;

/// Gives the datagrams for one port to a process in user space, past the network stack, and the
/// rest to the kernel.
@Bpf(license = "GPL")
public final class XskRedirect {

  static final XskMap sockets = XskMap.create(64); // by receive queue
  static final BpfPerCpuArray<AtomicLong> taken = BpfPerCpuArray.create(1);

  @Config static int port = 4_789;

  @Xdp
  static XdpAction choose(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || eth.etherType() != EtherType.IPV4) return XdpAction.PASS;
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.protocol() != IpProtocol.UDP) return XdpAction.PASS;
    Udp udp = ctx.header(Udp.class, Ethernet.BYTES + ip.headerBytes());
    if (udp == null || udp.destinationPort() != port) return XdpAction.PASS;
    taken.get(0).incrementAndGet();
    return sockets.redirect(ctx.rxQueueIndex(), XdpAction.PASS);
  }
}
