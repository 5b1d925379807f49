import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class Throw {
  @Xdp
  static XdpAction program(XdpContext context) {
    if (context.length() > 100) {
      throw new IllegalStateException();
    }
    return XdpAction.PASS;
  }
}
