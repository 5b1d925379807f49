import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.SocketFilter;
import org.bpf4j.lang.SocketFilterContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Tcp;

@Bpf(license = "GPL")
public final class Filter {

  static int looked;

  /// Keeps the headers of the first segments.
  @SocketFilter
  static int syn(SocketFilterContext context) {
    if (context.protocol() != EtherType.IPV4) {
      return 0;
    }
    int at = 0;
    Ipv4 ip = null;
    for (int i = 0; i < 4; i++) {
      ip = context.load(Ipv4.class, at);
      if (ip == null || ip.protocol() != IpProtocol.IPV4) {
        break;
      }
      at += ip.headerBytes();
      looked++;
    }
    if (ip == null || ip.protocol() != IpProtocol.TCP) {
      return 0;
    }
    at += ip.headerBytes();
    Tcp tcp = context.load(Tcp.class, at);
    if (tcp == null || !tcp.has(Tcp.SYN)) {
      return 0;
    }
    tcp.flags(0);
    return tcp.flags() + at + tcp.headerBytes();
  }
}
