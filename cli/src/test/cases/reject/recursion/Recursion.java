import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class Recursion {

  private static int depth(int length) {
    return length < 2 ? 0 : 1 + depth(length / 2);
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    return depth(context.length()) > 3 ? XdpAction.DROP : XdpAction.PASS;
  }
}
