import org.bpf4j.lang.*;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class Moves {

  @Kfunc(since = "6.18")
  static native int bpfXdpPullData(XdpContext ctx, int length);

  @Xdp
  static XdpAction program(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || bpfXdpPullData(ctx, 64) != 0) {
      return XdpAction.PASS;
    }
    return eth.etherType() == 0 ? XdpAction.DROP : XdpAction.PASS;
  }
}
