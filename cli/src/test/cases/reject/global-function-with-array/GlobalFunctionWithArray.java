import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class GlobalFunctionWithArray {

  record Pair(int a, int b) {}

  @BpfFunction(global = true)
  static int sum(int[] values) {
    return values[0] + values[1];
  }

  @BpfFunction(global = true)
  static Pair pair(int a) {
    return new Pair(a, a);
  }

  @BpfFunction(global = true)
  static long divide(long a, long b) {
    return a / b;
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    int[] values = {1, 2};
    return sum(values) == pair(3).a() ? XdpAction.PASS : XdpAction.DROP;
  }
}
