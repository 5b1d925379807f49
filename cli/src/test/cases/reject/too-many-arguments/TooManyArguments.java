import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class TooManyArguments {

  @BpfFunction(global = true)
  static int sum(int a, int b, int c, int d, int e, int f) {
    return a + b + c + d + e + f;
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    return sum(1, 2, 3, 4, 5, context.length()) > 70 ? XdpAction.DROP : XdpAction.PASS;
  }
}
