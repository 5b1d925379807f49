import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Checksum;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Icmp;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Vlan;

@Bpf(license = "GPL")
public final class AnswerToAPing {

  @Xdp
  static XdpAction echo(XdpContext context) {
    Ethernet ethernet = context.header(Ethernet.class, 0);
    if (ethernet == null) {
      return XdpAction.PASS;
    }
    int at = Ethernet.BYTES;
    int type = ethernet.etherType();
    for (int i = 0; i < 2 && EtherType.isVlan(type); i++) {
      Vlan tag = context.header(Vlan.class, at);
      if (tag == null) {
        return XdpAction.ABORTED;
      }
      type = tag.etherType();
      at += Vlan.BYTES;
    }
    if (type != EtherType.IPV4) {
      return XdpAction.PASS;
    }
    Ipv4 ip = context.header(Ipv4.class, at);
    if (ip == null || ip.protocol() != IpProtocol.ICMP) {
      return XdpAction.PASS;
    }
    Icmp icmp = context.header(Icmp.class, at + ip.headerBytes());
    if (icmp == null || icmp.type() != Icmp.ECHO_REQUEST) {
      return XdpAction.PASS;
    }
    ethernet.swapAddresses();
    ip.swapAddresses();
    icmp.type(Icmp.ECHO_REPLY);
    icmp.checksum(
        Checksum.replace16(icmp.checksum(), Icmp.ECHO_REQUEST << 8, Icmp.ECHO_REPLY << 8));
    return XdpAction.TX;
  }
}
