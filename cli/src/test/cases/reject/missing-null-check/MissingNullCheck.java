import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;

@Bpf(license = "GPL")
public final class MissingNullCheck {

  @Xdp
  static XdpAction program(XdpContext context) {
    Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
    return ip.protocol() == IpProtocol.UDP ? XdpAction.DROP : XdpAction.PASS;
  }
}
