import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.CgroupAction;
import org.bpf4j.lang.CgroupEgressAction;
import org.bpf4j.lang.CgroupSkbContext;
import org.bpf4j.lang.CgroupSkbEgress;
import org.bpf4j.lang.CgroupSkbIngress;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Ipv6;
import org.bpf4j.lang.net.Udp;

@Bpf(license = "GPL")
public final class Packets {

  static final BpfHashMap<Integer, Long> bytesFrom = BpfHashMap.create(64);
  static int family;
  static int local;
  static int remote;

  @CgroupSkbIngress
  static CgroupAction receive(CgroupSkbContext context) {
    family = context.family();
    local = context.localAddress();
    remote = context.remoteAddress();
    if (context.protocol() == EtherType.IPV6) {
      Ipv6 ip = context.header(Ipv6.class, 0);
      return ip != null && ip.hopLimit() > 1 ? CgroupAction.ALLOW : CgroupAction.DENY;
    }
    if (context.protocol() != EtherType.IPV4) {
      return CgroupAction.ALLOW;
    }
    Ipv4 ip = context.header(Ipv4.class, 0);
    if (ip == null) {
      return CgroupAction.DENY;
    }
    Long bytes = bytesFrom.get(ip.source());
    bytesFrom.put(ip.source(), (bytes == null ? 0 : bytes) + context.length());
    Udp udp = context.load(Udp.class, ip.headerBytes());
    if (ip.protocol() == IpProtocol.UDP && (udp == null || udp.destinationPort() == 53)) {
      return CgroupAction.DENY;
    }
    return CgroupAction.ALLOW;
  }

  @CgroupSkbEgress
  static CgroupEgressAction send(CgroupSkbContext context) {
    context.mark(context.length());
    context.priority(7);
    if (context.mark() > 1000) {
      return CgroupEgressAction.DENY_CONGESTED;
    }
    return context.mark() / (context.length() - 28) > 100
        ? CgroupEgressAction.ALLOW_CONGESTED
        : CgroupEgressAction.ALLOW;
  }
}
