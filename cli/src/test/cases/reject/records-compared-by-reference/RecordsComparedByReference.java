import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class RecordsComparedByReference {
  record Flow(int source, int port) {}

  @Xdp
  static XdpAction program(XdpContext context) {
    Flow a = new Flow(1, 2);
    Flow b = new Flow(1, 2);
    return a == b ? XdpAction.PASS : XdpAction.DROP;
  }
}
