import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class TryAndCatch {
  @Xdp
  static XdpAction program(XdpContext context) {
    try {
      return context.length() > 100 ? XdpAction.DROP : XdpAction.PASS;
    } catch (RuntimeException e) {
      return XdpAction.ABORTED;
    }
  }
}
