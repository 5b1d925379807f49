import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Be64;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Checksum;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Icmp;
import org.bpf4j.lang.net.Icmpv6;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Ipv6;
import org.bpf4j.lang.net.Ipv6Address;
import org.bpf4j.lang.net.MacAddress;
import org.bpf4j.lang.net.Tcp;
import org.bpf4j.lang.net.Udp;

/** Stateless translation, RFC 7915, as in Android's clatd: v4 <-> v6. */
@Bpf(license = "GPL")
public final class Clat {
  @Config static long prefixHigh = 0x0064_ff9b_0000_0000L;
  @Config static long localHigh = 0, localLow = 0;
  @Config static int localV4 = 0;
  static int translated, untouched;

  @Xdp
  static XdpAction to6(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || eth.etherType() != EtherType.IPV4) return XdpAction.PASS;
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) return XdpAction.PASS;
    if (ip.versionAndLength() != 0x45
        || (ip.fragment() & ~Ipv4.DONT_FRAGMENT) != 0
        || ip.source() != localV4) {
      untouched++;
      return XdpAction.PASS;
    }
    // the checksum of the header must be right: it stays out of the translation
    if (Checksum.of(ip) != ip.checksum()) return XdpAction.DROP;
    int protocol = ip.protocol();
    int payload = ip.totalLength() - Ipv4.BYTES;
    int hops = ip.ttl();
    int tos = ip.typeOfService();
    int from = ip.source(), to = ip.destination();
    Ipv6Address source = new Ipv6Address(localHigh, localLow);
    Ipv6Address destination = new Ipv6Address(prefixHigh, Integer.toUnsignedLong(to));
    int l4 = Ethernet.BYTES + Ipv4.BYTES;
    switch (protocol) {
      case IpProtocol.TCP -> {
        Tcp tcp = ctx.header(Tcp.class, l4);
        if (tcp == null) return XdpAction.DROP;
        tcp.checksum(pseudoChanged(tcp.checksum(), from, to, source, destination));
      }
      case IpProtocol.UDP -> {
        Udp udp = ctx.header(Udp.class, l4);
        if (udp == null || udp.checksum() == 0) return XdpAction.DROP;
        int sum = pseudoChanged(udp.checksum(), from, to, source, destination);
        udp.checksum(sum == 0 ? 0xffff : sum);
      }
      case IpProtocol.ICMP -> {
        Icmp icmp = ctx.header(Icmp.class, l4);
        if (icmp == null) return XdpAction.DROP;
        int type =
            icmp.type() == Icmp.ECHO_REQUEST
                ? Icmpv6.ECHO_REQUEST
                : icmp.type() == Icmp.ECHO_REPLY ? Icmpv6.ECHO_REPLY : -1;
        if (type < 0) return XdpAction.DROP;
        int sum = ~icmp.checksum() & 0xffff;
        sum += (~(icmp.type() << 8) & 0xffff) + (type << 8);
        sum += Checksum.fold(Checksum.pseudo(source, destination, IpProtocol.ICMPV6, payload));
        icmp.type(type);
        icmp.checksum(Checksum.finish(sum));
        protocol = IpProtocol.ICMPV6;
      }
      default -> {
        return XdpAction.DROP;
      }
    }
    MacAddress dst = eth.destination(), src = eth.source();
    if (!ctx.adjustHead(Ipv4.BYTES - Ipv6.BYTES)) return XdpAction.ABORTED;
    Ethernet e6 = ctx.header(Ethernet.class, 0);
    Ipv6 ip6 = ctx.header(Ipv6.class, Ethernet.BYTES);
    if (e6 == null || ip6 == null) return XdpAction.ABORTED;
    e6.destination(dst);
    e6.source(src);
    e6.etherType(EtherType.IPV6);
    ip6.versionClassAndFlow(tos, 0);
    ip6.payloadLength(payload);
    ip6.nextHeader(protocol);
    ip6.hopLimit(hops);
    ip6.source(source);
    ip6.destination(destination);
    translated++;
    return XdpAction.TX;
  }

  static int pseudoChanged(
      int checksum, int from, int to, Ipv6Address source, Ipv6Address destination) {
    int sum = ~checksum & 0xffff;
    sum = Checksum.add32(Checksum.add32(sum, ~from), ~to);
    sum = Checksum.add64(Checksum.add64(sum, source.high()), source.low());
    sum = Checksum.add64(Checksum.add64(sum, destination.high()), destination.low());
    return Checksum.finish(sum);
  }

  @Struct
  static final class V4Pseudo {
    @Be32 int source;
    @Be32 int destination;
  }

  @Struct
  static final class V6Pseudo {
    @Be64 long sh;
    @Be64 long sl;
    @Be64 long dh;
    @Be64 long dl;
  }

  @Xdp
  static XdpAction to4(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    Ipv6 ip = ctx.header(Ipv6.class, Ethernet.BYTES);
    if (eth == null || ip == null || eth.etherType() != EtherType.IPV6) return XdpAction.PASS;
    Ipv6Address source = ip.source(), destination = ip.destination();
    if (source.high() != prefixHigh || source.low() >>> 32 != 0) return XdpAction.PASS;
    if (!destination.equals(new Ipv6Address(localHigh, localLow))) return XdpAction.PASS;
    int protocol = ip.nextHeader();
    int from = (int) source.low();
    int payload = ip.payloadLength();
    int ttl = ip.hopLimit();
    int tos = ip.trafficClass();
    V6Pseudo old = new V6Pseudo();
    old.sh = source.high();
    old.sl = source.low();
    old.dh = destination.high();
    old.dl = destination.low();
    V4Pseudo now = new V4Pseudo();
    now.source = from;
    now.destination = localV4;
    if (protocol == IpProtocol.TCP) {
      Tcp tcp = ctx.header(Tcp.class, Ethernet.BYTES + Ipv6.BYTES);
      if (tcp == null) return XdpAction.DROP;
      long diff = Helpers.csumDiff(old, now, ~Integer.reverseBytes(tcp.checksum() << 16));
      tcp.checksum(foldNetwork(diff));
    } else if (protocol == IpProtocol.UDP) {
      Udp udp = ctx.header(Udp.class, Ethernet.BYTES + Ipv6.BYTES);
      if (udp == null) return XdpAction.DROP;
      long diff = Helpers.csumDiff(old, now, ~Integer.reverseBytes(udp.checksum() << 16));
      udp.checksum(foldNetwork(diff));
    } else {
      return XdpAction.DROP;
    }
    MacAddress dst = eth.destination(), src = eth.source();
    if (!ctx.adjustHead(Ipv6.BYTES - Ipv4.BYTES)) return XdpAction.ABORTED;
    Ethernet e4 = ctx.header(Ethernet.class, 0);
    Ipv4 ip4 = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (e4 == null || ip4 == null) return XdpAction.ABORTED;
    e4.destination(dst);
    e4.source(src);
    e4.etherType(EtherType.IPV4);
    ip4.versionAndLength(0x45);
    ip4.typeOfService(tos);
    ip4.totalLength(payload + Ipv4.BYTES);
    ip4.identification(0);
    ip4.fragment(Ipv4.DONT_FRAGMENT);
    ip4.ttl(ttl);
    ip4.protocol(protocol);
    ip4.source(from);
    ip4.destination(localV4);
    ip4.checksum(Checksum.of(ip4));
    translated++;
    return XdpAction.PASS;
  }

  /** A difference as the kernel gives it, of words in memory order. */
  static int foldNetwork(long diff) {
    int sum = (int) diff;
    return Short.toUnsignedInt(Short.reverseBytes((short) Checksum.finish(sum)));
  }
}
