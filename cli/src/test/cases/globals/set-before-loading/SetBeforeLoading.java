import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class SetBeforeLoading {

  @Config static int limit = 100;
  @Config static boolean dropLong;
  @Config static long mask = 0xffL;

  @Xdp
  static XdpAction check(XdpContext context) {
    if ((context.length() & mask) <= limit) {
      return XdpAction.PASS;
    }
    return dropLong ? XdpAction.DROP : XdpAction.ABORTED;
  }
}
