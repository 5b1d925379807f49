import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv6;
import org.bpf4j.lang.net.Ipv6Extension;
import org.bpf4j.lang.net.Ipv6Fragment;
import org.bpf4j.lang.net.Udp;

@Bpf(license = "GPL")
public final class ExtensionHeaders {

  static int extensions;
  static int upper;
  static int port;
  static int fragmentOffset;

  @Xdp
  static XdpAction walk(XdpContext context) {
    Ethernet ethernet = context.header(Ethernet.class, 0);
    if (ethernet == null || ethernet.etherType() != EtherType.IPV6) {
      return XdpAction.PASS;
    }
    Ipv6 ip = context.header(Ipv6.class, Ethernet.BYTES);
    if (ip == null || ip.version() != 6) {
      return XdpAction.PASS;
    }
    int next = ip.nextHeader();
    int at = Ethernet.BYTES + Ipv6.BYTES;
    int seen = 0;
    while (seen < 6 && Ipv6Extension.is(next)) {
      Ipv6Extension extension = context.header(Ipv6Extension.class, at);
      if (extension == null) {
        return XdpAction.DROP;
      }
      if (next == IpProtocol.FRAGMENT) {
        Ipv6Fragment fragment = context.header(Ipv6Fragment.class, at);
        if (fragment == null) {
          return XdpAction.DROP;
        }
        fragmentOffset = fragment.offset();
        if (fragment.isLaterFragment()) {
          return XdpAction.TX;
        }
      }
      at += extension.headerBytes(next);
      next = extension.nextHeader();
      seen++;
    }
    extensions = seen;
    upper = next;
    if (next == IpProtocol.UDP) {
      Udp udp = context.header(Udp.class, at);
      if (udp != null) {
        port = udp.destinationPort();
        udp.destinationPort(udp.destinationPort() + 1);
        return XdpAction.REDIRECT;
      }
    }
    return XdpAction.PASS;
  }
}
