import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
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

/// Answers pings of both versions before the kernel sees them, and tells senders of frames that are
/// too long for the way ahead how long they may be.
@Bpf(license = "GPL")
public final class XdpEcho {

  static final int PACKET_TOO_BIG = 3; // ICMP_DEST_UNREACH
  static final int FRAGMENTATION_NEEDED = 4; // ICMP_FRAG_NEEDED

  /// Longer IPv4 packets are answered by an error.
  @Config static int maxLength = 1_500;

  @Xdp
  static XdpAction answer(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null) return XdpAction.PASS;
    return switch (eth.etherType()) {
      case EtherType.IPV4 -> answerIpv4(ctx, eth);
      case EtherType.IPV6 -> answerIpv6(ctx, eth);
      default -> XdpAction.PASS;
    };
  }

  static XdpAction answerIpv4(XdpContext ctx, Ethernet eth) {
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) return XdpAction.PASS;
    if (ip.totalLength() > maxLength && ip.headerBytes() == Ipv4.BYTES) return tooBig(ctx);
    if (ip.protocol() != IpProtocol.ICMP) return XdpAction.PASS;
    Icmp icmp = ctx.header(Icmp.class, Ethernet.BYTES + ip.headerBytes());
    if (icmp == null || icmp.type() != Icmp.ECHO_REQUEST) return XdpAction.PASS;

    eth.swapAddresses();
    ip.swapAddresses();
    icmp.type(Icmp.ECHO_REPLY);
    icmp.checksum(
        Checksum.replace16(icmp.checksum(), Icmp.ECHO_REQUEST << 8, Icmp.ECHO_REPLY << 8));
    return XdpAction.TX;
  }

  static XdpAction answerIpv6(XdpContext ctx, Ethernet eth) {
    Ipv6 ip = ctx.header(Ipv6.class, Ethernet.BYTES);
    if (ip == null || ip.nextHeader() != IpProtocol.ICMPV6) return XdpAction.PASS;
    Icmpv6 icmp = ctx.header(Icmpv6.class, Ethernet.BYTES + Ipv6.BYTES);
    if (icmp == null || icmp.type() != Icmpv6.ECHO_REQUEST) return XdpAction.PASS;

    eth.swapAddresses();
    ip.swapAddresses();
    icmp.type(Icmpv6.ECHO_REPLY);
    icmp.checksum(
        Checksum.replace16(icmp.checksum(), Icmpv6.ECHO_REQUEST << 8, Icmpv6.ECHO_REPLY << 8));
    return XdpAction.TX;
  }

  /// Puts an ICMP error before the packet, and cuts the packet behind its first 8 bytes of data.
  static XdpAction tooBig(XdpContext ctx) {
    int kept = Ethernet.BYTES + Ipv4.BYTES + 8;
    if (!ctx.adjustTail(kept - ctx.length())) return XdpAction.PASS;
    if (!ctx.adjustHead(-(Ipv4.BYTES + Icmp.BYTES))) return XdpAction.DROP;

    int at = Ipv4.BYTES + Icmp.BYTES;
    Ethernet eth = ctx.header(Ethernet.class, 0);
    Ethernet before = ctx.header(Ethernet.class, at);
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    Icmp icmp = ctx.header(Icmp.class, Ethernet.BYTES + Ipv4.BYTES);
    Ipv4 refused = ctx.header(Ipv4.class, at + Ethernet.BYTES);
    if (eth == null || before == null || ip == null || icmp == null || refused == null) {
      return XdpAction.DROP;
    }
    eth.destination(before.source());
    eth.source(before.destination());
    eth.etherType(EtherType.IPV4);

    ip.versionAndLength(0x45);
    ip.typeOfService(0);
    ip.totalLength(2 * Ipv4.BYTES + Icmp.BYTES + 8);
    ip.identification(0);
    ip.fragment(Ipv4.DONT_FRAGMENT);
    ip.ttl(64);
    ip.protocol(IpProtocol.ICMP);
    ip.source(refused.destination());
    ip.destination(refused.source());
    ip.checksum(Checksum.of(ip));

    icmp.type(PACKET_TOO_BIG);
    icmp.code(FRAGMENTATION_NEEDED);
    icmp.identifier(0);
    icmp.sequence(maxLength);
    icmp.checksum(0);
    icmp.checksum(checksum(ctx, Ethernet.BYTES + Ipv4.BYTES, 18));
    return XdpAction.TX;
  }

  /// The checksum of that many words.
  static int checksum(XdpContext ctx, int from, int words) {
    int sum = 0;
    for (int i = 0; i < words; i++) {
      Word word = ctx.header(Word.class, from + 2 * i);
      if (word == null) return 0;
      sum += word.value();
    }
    return Checksum.finish(sum);
  }

  @org.bpf4j.lang.Header(bytes = 2)
  interface Word {
    @org.bpf4j.lang.Be16
    int value();
  }
}
