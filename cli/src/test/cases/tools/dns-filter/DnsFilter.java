import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.U8;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Udp;

/// Drops questions to name servers for names that are on a list, whatever the case of their
/// letters, and counts them.
@Bpf(license = "GPL")
public final class DnsFilter {

  static final int DNS = 53;
  static final int MAX_NAME = 32;

  /// The header of a message (RFC 1035).
  @Header(bytes = 12)
  interface Dns {
    @Be16
    int id();

    @Be16
    int flags();

    @Be16
    int questions();
  }

  @Header(bytes = 1)
  interface Octet {
    @U8
    int value();
  }

  /// A name as it lies in a question: labels, each behind its length; lower case.
  @Struct
  static final class Name {
    final byte[] labels = new byte[MAX_NAME];
  }

  static final BpfHashMap<Name, AtomicLong> blocked = BpfHashMap.create(1_024);

  @Xdp
  static XdpAction filter(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || eth.etherType() != EtherType.IPV4) return XdpAction.PASS;
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.protocol() != IpProtocol.UDP) return XdpAction.PASS;
    int at = Ethernet.BYTES + ip.headerBytes();
    Udp udp = ctx.header(Udp.class, at);
    if (udp == null || udp.destinationPort() != DNS) return XdpAction.PASS;
    at += Udp.BYTES;
    Dns dns = ctx.header(Dns.class, at);
    if (dns == null || dns.questions() != 1 || (dns.flags() & 0x8000) != 0) return XdpAction.PASS;

    Name name = new Name();
    if (!read(ctx, at + 12, name)) return XdpAction.PASS;
    AtomicLong hits = blocked.get(name);
    if (hits == null) return XdpAction.PASS;
    hits.incrementAndGet();
    return XdpAction.DROP;
  }

  /// Copies a name; whether it ends within what there is room for.
  static boolean read(XdpContext ctx, int from, Name name) {
    for (int i = 0; i < MAX_NAME; i++) {
      Octet octet = ctx.header(Octet.class, from + i);
      if (octet == null) return false;
      int value = octet.value();
      if (value == 0) return true;
      name.labels[i] = (byte) (value >= 'A' && value <= 'Z' ? value + 32 : value);
    }
    return false;
  }
}
