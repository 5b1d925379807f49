import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class ViewAfterAdjustInACallee {

  private static boolean grow(XdpContext context) {
    return context.adjustHead(-4);
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    Ethernet ethernet = context.header(Ethernet.class, 0);
    if (ethernet == null || !grow(context)) {
      return XdpAction.PASS;
    }
    ethernet.etherType(EtherType.VLAN);
    return XdpAction.TX;
  }
}
