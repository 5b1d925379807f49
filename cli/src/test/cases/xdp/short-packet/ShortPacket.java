import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class ShortPacket {

  @Xdp
  static XdpAction parse(XdpContext context) {
    if (context.header(Ethernet.class, 0) == null) {
      return XdpAction.ABORTED;
    }
    if (context.header(Ethernet.class, 1) == null) {
      return XdpAction.DROP;
    }
    if (context.header(Ethernet.class, -1) != null) {
      return XdpAction.REDIRECT;
    }
    return context.header(Ethernet.class, 0x7fff_ffff) == null ? XdpAction.PASS : XdpAction.TX;
  }
}
