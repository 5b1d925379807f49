import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Checksum;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Icmpv6;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv6;

@Bpf(license = "GPL")
public final class Icmpv6Echo {

  static int computed;

  @Xdp
  static XdpAction echo(XdpContext context) {
    Ethernet ethernet = context.header(Ethernet.class, 0);
    Ipv6 ip = context.header(Ipv6.class, Ethernet.BYTES);
    Icmpv6 icmp = context.header(Icmpv6.class, Ethernet.BYTES + Ipv6.BYTES);
    if (ethernet == null
        || ethernet.etherType() != EtherType.IPV6
        || ip == null
        || ip.nextHeader() != IpProtocol.ICMPV6
        || icmp == null
        || icmp.type() != Icmpv6.ECHO_REQUEST) {
      return XdpAction.PASS;
    }
    int sum = Checksum.pseudo(ip.source(), ip.destination(), IpProtocol.ICMPV6, ip.payloadLength());
    sum += (icmp.type() << 8) + icmp.code() + icmp.identifier() + icmp.sequence();
    computed = Checksum.finish(sum);
    if (ip.payloadLength() == Icmpv6.BYTES && computed != icmp.checksum()) {
      return XdpAction.DROP;
    }
    ethernet.swapAddresses();
    ip.swapAddresses();
    ip.hopLimit(64);
    ip.versionClassAndFlow(ip.trafficClass(), 0x12345);
    icmp.type(Icmpv6.ECHO_REPLY);
    icmp.checksum(
        Checksum.replace16(icmp.checksum(), Icmpv6.ECHO_REQUEST << 8, Icmpv6.ECHO_REPLY << 8));
    return XdpAction.TX;
  }
}
