import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class SwapAddresses {

  static long seen;

  @Xdp
  static XdpAction reflect(XdpContext context) {
    seen++;
    Ethernet ethernet = context.header(Ethernet.class, 0);
    if (ethernet == null) {
      return XdpAction.PASS;
    }
    ethernet.swapAddresses();
    return XdpAction.TX;
  }
}
