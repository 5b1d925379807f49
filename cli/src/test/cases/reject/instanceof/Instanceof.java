import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class Instanceof {

  @Xdp
  static XdpAction program(XdpContext context) {
    return context instanceof XdpContext ? XdpAction.PASS : XdpAction.DROP;
  }
}
