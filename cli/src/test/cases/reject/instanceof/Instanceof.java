import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Ipv6;

@Bpf(license = "GPL")
public final class Instanceof {

  @Xdp
  static XdpAction program(XdpContext context) {
    Ipv4 header = context.header(Ipv4.class, 14);
    return header instanceof Ipv6 ? XdpAction.PASS : XdpAction.DROP;
  }
}
