import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class Frags {

  static int linear;

  @Xdp(frags = true)
  static XdpAction pass(XdpContext context) {
    linear = context.length();
    Ethernet ethernet = context.header(Ethernet.class, 0);
    return ethernet != null && ethernet.etherType() == EtherType.IPV4
        ? XdpAction.PASS
        : XdpAction.DROP;
  }
}
