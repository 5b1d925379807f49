import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class FinalConfig {
  @Config static final boolean all = false;

  @Xdp
  static XdpAction program(XdpContext context) {
    return all ? XdpAction.DROP : XdpAction.PASS;
  }
}
