import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class StoreToConfig {

  @Config static int limit = 100;

  @Xdp
  static XdpAction program(XdpContext context) {
    limit = context.length();
    return XdpAction.PASS;
  }
}
