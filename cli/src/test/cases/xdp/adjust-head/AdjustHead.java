import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.MacAddress;
import org.bpf4j.lang.net.Vlan;

@Bpf(license = "GPL")
public final class AdjustHead {

  @Xdp
  static XdpAction tag(XdpContext context) {
    Ethernet before = context.header(Ethernet.class, 0);
    if (before == null) {
      return XdpAction.ABORTED;
    }
    MacAddress to = before.destination();
    MacAddress from = before.source();
    int type = before.etherType();
    if (!context.adjustHead(-Vlan.BYTES)) {
      return XdpAction.DROP;
    }
    Ethernet ethernet = context.header(Ethernet.class, 0);
    Vlan vlan = context.header(Vlan.class, Ethernet.BYTES);
    if (ethernet == null || vlan == null) {
      return XdpAction.ABORTED;
    }
    ethernet.destination(to);
    ethernet.source(from);
    ethernet.etherType(EtherType.VLAN);
    vlan.control(5);
    vlan.etherType(type);
    return XdpAction.TX;
  }

  @Xdp
  static XdpAction untag(XdpContext context) {
    return context.adjustHead(4) ? XdpAction.TX : XdpAction.PASS;
  }
}
