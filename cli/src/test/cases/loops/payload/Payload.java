import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv6;
import org.bpf4j.lang.net.Ipv6Extension;

/// Loops over what a packet carries.
@Bpf(license = "GPL")
public final class Payload {

  @Header(bytes = 1)
  interface Octet {
    @U8
    int value();
  }

  static long hash;
  static int spaces;
  static int words;
  static int next;
  static int depth;

  /// FNV-1a over up to 1500 bytes.
  @Xdp
  static XdpAction fingerprint(XdpContext context) {
    long sum = 0xcbf29ce484222325L;
    for (int i = 0; i < 1500; i++) {
      Octet octet = context.header(Octet.class, i);
      if (octet == null) {
        break;
      }
      sum ^= octet.value();
      sum *= 0x100000001b3L;
    }
    hash = sum;
    return XdpAction.PASS;
  }

  /// Counts words and spaces of a text.
  @Xdp
  static XdpAction scan(XdpContext context) {
    boolean inside = false;
    for (int i = Ethernet.BYTES; i < 1500; i++) {
      Octet octet = context.header(Octet.class, i);
      if (octet == null) {
        return XdpAction.PASS;
      }
      int c = octet.value();
      if (c == ' ' || c == '\n') {
        inside = false;
        spaces++;
      } else if (!inside) {
        inside = true;
        words++;
      }
    }
    return XdpAction.DROP;
  }

  /// Walks the extension headers of IPv6, however many there are.
  @Xdp
  static XdpAction extensions(XdpContext context) {
    Ipv6 ip = context.header(Ipv6.class, Ethernet.BYTES);
    if (ip == null) {
      return XdpAction.PASS;
    }
    int protocol = ip.nextHeader();
    int at = Ethernet.BYTES + Ipv6.BYTES;
    int walked = 0;
    while (protocol == 0 || protocol == 43 || protocol == 60) {
      Ipv6Extension extension = context.header(Ipv6Extension.class, at);
      if (extension == null) {
        return XdpAction.DROP;
      }
      protocol = extension.nextHeader();
      at += extension.headerBytes(protocol);
      walked++;
    }
    next = protocol;
    depth = walked;
    return XdpAction.TX;
  }
}
