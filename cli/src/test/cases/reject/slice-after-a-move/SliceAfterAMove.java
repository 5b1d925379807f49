import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ipv4;

@Bpf(license = "GPL")
public final class SliceAfterAMove {

  @Xdp
  static XdpAction program(XdpContext context) {
    Ipv4 ip = context.slice(Ipv4.class, 14);
    if (ip == null || !context.adjustHead(14)) {
      return XdpAction.PASS;
    }
    return ip.ttl() == 1 ? XdpAction.DROP : XdpAction.TX;
  }
}
