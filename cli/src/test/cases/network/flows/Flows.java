import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.FlowAction;
import org.bpf4j.lang.FlowDissector;
import org.bpf4j.lang.FlowDissectorContext;
import org.bpf4j.lang.FlowKeys;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Udp;

@Bpf(license = "GPL")
public final class Flows {

  static int found;

  @FlowDissector
  static FlowAction dissect(FlowDissectorContext context) {
    FlowKeys keys = context.keys();
    if (keys.networkProtocol() != EtherType.IPV4) {
      return FlowAction.CONTINUE;
    }
    Ipv4 ip = context.header(Ipv4.class, keys.networkOffset());
    if (ip == null || ip.headerBytes() < Ipv4.BYTES) {
      return FlowAction.DROP;
    }
    keys.addressProtocol(EtherType.IPV4);
    keys.protocol(ip.protocol());
    keys.source(ip.source());
    keys.destination(ip.destination());
    keys.transportOffset(keys.networkOffset() + ip.headerBytes());
    if (ip.isLaterFragment()) {
      keys.fragment(1);
      return FlowAction.OK;
    }
    if (ip.protocol() == IpProtocol.UDP) {
      Udp udp = context.header(Udp.class, keys.networkOffset() + ip.headerBytes());
      if (udp == null) {
        return FlowAction.DROP;
      }
      keys.sourcePort(udp.sourcePort());
      keys.destinationPort(udp.destinationPort());
      found = udp.destinationPort();
    }
    return FlowAction.OK;
  }
}
