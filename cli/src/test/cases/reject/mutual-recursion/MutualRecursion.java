import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class MutualRecursion {

  private static boolean even(int n) {
    return n == 0 || odd(n - 1);
  }

  private static boolean odd(int n) {
    return n != 0 && even(n - 1);
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    return even(context.length()) ? XdpAction.DROP : XdpAction.PASS;
  }
}
