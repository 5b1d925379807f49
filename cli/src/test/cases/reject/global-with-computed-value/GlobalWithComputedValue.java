import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class GlobalWithComputedValue {
  static long start = System.nanoTime();

  @Xdp
  static XdpAction program(XdpContext context) {
    return (int) start == 0 ? XdpAction.DROP : XdpAction.PASS;
  }
}
