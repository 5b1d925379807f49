import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Udp;

@Bpf(license = "GPL")
public final class UdpPorts {

  static final BpfArray<Long> toPort = BpfArray.create(100);

  @Xdp
  static XdpAction filter(XdpContext context) {
    Ethernet ethernet = context.header(Ethernet.class, 0);
    if (ethernet == null || ethernet.etherType() != EtherType.IPV4) {
      return XdpAction.PASS;
    }
    Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.protocol() != IpProtocol.UDP || ip.isLaterFragment()) {
      return XdpAction.PASS;
    }
    Udp udp = context.header(Udp.class, Ethernet.BYTES + ip.headerBytes());
    if (udp == null) {
      return XdpAction.ABORTED;
    }
    int port = udp.destinationPort();
    if (port < 100) {
      toPort.put(port, toPort.get(port) + 1);
    }
    return port == 53 ? XdpAction.DROP : XdpAction.PASS;
  }
}
