import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "")
public final class EmptyLicence {
  @Xdp
  static XdpAction program(XdpContext context) {
    return XdpAction.PASS;
  }
}
