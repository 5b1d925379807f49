import java.util.function.IntPredicate;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class LambdaArgumentOfOwnMethod {

  private static boolean twice(IntPredicate test) {
    return test.test(1) && test.test(2);
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    return twice(i -> i > 0) ? XdpAction.PASS : XdpAction.DROP;
  }
}
