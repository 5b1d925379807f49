import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ipv4;

@Bpf(license = "GPL")
public final class SliceIsWritten {

  @Xdp
  static XdpAction program(XdpContext context) {
    Ipv4 ip = context.slice(Ipv4.class, 14);
    if (ip == null) {
      return XdpAction.PASS;
    }
    ip.ttl(63);
    return XdpAction.TX;
  }
}
