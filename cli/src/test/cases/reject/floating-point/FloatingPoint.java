import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class FloatingPoint {

  @Xdp
  static XdpAction program(XdpContext context) {
    return context.length() * 0.25 > 10 ? XdpAction.DROP : XdpAction.PASS;
  }
}
