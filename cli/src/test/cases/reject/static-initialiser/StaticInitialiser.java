import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class StaticInitialiser {

  static int limit;

  static {
    limit = 100;
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    return context.length() > limit ? XdpAction.DROP : XdpAction.PASS;
  }
}
