import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class VolatileGlobal {

  static volatile int stop;

  @Xdp
  static XdpAction program(XdpContext context) {
    return stop != 0 ? XdpAction.PASS : XdpAction.DROP;
  }
}
