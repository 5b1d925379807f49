import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL", minKernel = "5.10")
public final class HelperNewerThanTheFloor {
  @Xdp
  static XdpAction program(XdpContext context) {
    return Helpers.ktimeGetTaiNs() == 0 ? XdpAction.DROP : XdpAction.PASS;
  }
}
