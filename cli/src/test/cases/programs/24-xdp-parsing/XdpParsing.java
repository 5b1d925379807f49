import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Icmp;
import org.bpf4j.lang.net.Icmpv6;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Ipv6;
import org.bpf4j.lang.net.Tcp;
import org.bpf4j.lang.net.Udp;
import org.bpf4j.lang.net.Vlan;

/// Parses frames down to the transport layer, with VLAN tags and options, and counts what they
/// carry. Every second ping is dropped, and ports are one lower behind it.
@Bpf(license = "GPL")
public final class XdpParsing {

  static final int MAX_TAGS = 4;

  enum Kind {
    OTHER,
    MALFORMED,
    PING,
    PING6,
    UDP,
    TCP
  }

  @Struct
  static final class Stats {
    long packets;
    long bytes;
  }

  static final BpfPerCpuArray<Stats> stats = BpfPerCpuArray.create(6);

  @Xdp
  static XdpAction parse(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null) return verdict(ctx, Kind.MALFORMED);

    int type = eth.etherType();
    int at = Ethernet.BYTES;
    for (int i = 0; i < MAX_TAGS && EtherType.isVlan(type); i++) {
      Vlan tag = ctx.header(Vlan.class, at);
      if (tag == null) return verdict(ctx, Kind.MALFORMED);
      type = tag.etherType();
      at += Vlan.BYTES;
    }
    return switch (type) {
      case EtherType.IPV4 -> parseIpv4(ctx, at);
      case EtherType.IPV6 -> parseIpv6(ctx, at);
      default -> verdict(ctx, Kind.OTHER);
    };
  }

  static XdpAction parseIpv4(XdpContext ctx, int at) {
    Ipv4 ip = ctx.header(Ipv4.class, at);
    if (ip == null || ip.headerBytes() < Ipv4.BYTES) return verdict(ctx, Kind.MALFORMED);
    int next = at + ip.headerBytes();
    if (ip.protocol() != IpProtocol.ICMP) return parseTransport(ctx, ip.protocol(), next);

    Icmp icmp = ctx.header(Icmp.class, next);
    if (icmp == null) return verdict(ctx, Kind.MALFORMED);
    if (icmp.type() != Icmp.ECHO_REQUEST) return verdict(ctx, Kind.OTHER);
    verdict(ctx, Kind.PING);
    return icmp.sequence() % 2 == 0 ? XdpAction.DROP : XdpAction.PASS;
  }

  static XdpAction parseIpv6(XdpContext ctx, int at) {
    Ipv6 ip = ctx.header(Ipv6.class, at);
    if (ip == null) return verdict(ctx, Kind.MALFORMED);
    int next = at + Ipv6.BYTES;
    if (ip.nextHeader() != IpProtocol.ICMPV6) return parseTransport(ctx, ip.nextHeader(), next);

    Icmpv6 icmp = ctx.header(Icmpv6.class, next);
    if (icmp == null) return verdict(ctx, Kind.MALFORMED);
    if (icmp.type() != Icmpv6.ECHO_REQUEST) return verdict(ctx, Kind.OTHER);
    verdict(ctx, Kind.PING6);
    return icmp.sequence() % 2 == 0 ? XdpAction.DROP : XdpAction.PASS;
  }

  static XdpAction parseTransport(XdpContext ctx, int protocol, int at) {
    switch (protocol) {
      case IpProtocol.UDP -> {
        Udp udp = ctx.header(Udp.class, at);
        if (udp == null || udp.length() < Udp.BYTES) return verdict(ctx, Kind.MALFORMED);
        udp.destinationPort(udp.destinationPort() - 1 & 0xffff);
        return verdict(ctx, Kind.UDP);
      }
      case IpProtocol.TCP -> {
        Tcp tcp = ctx.header(Tcp.class, at);
        if (tcp == null || tcp.headerBytes() < Tcp.BYTES) return verdict(ctx, Kind.MALFORMED);
        tcp.destinationPort(tcp.destinationPort() - 1 & 0xffff);
        return verdict(ctx, Kind.TCP);
      }
      default -> {
        return verdict(ctx, Kind.OTHER);
      }
    }
  }

  /// Counts the frame.
  static XdpAction verdict(XdpContext ctx, Kind kind) {
    Stats counted = stats.get(kind.ordinal());
    counted.packets++;
    counted.bytes += ctx.length();
    return kind == Kind.MALFORMED ? XdpAction.ABORTED : XdpAction.PASS;
  }
}
