import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class FunctionOfAClassWithoutBpfCode {
  @Xdp
  static XdpAction program(XdpContext context) {
    return Other.twice(context.length()) > 3 ? XdpAction.PASS : XdpAction.DROP;
  }
}

final class Other {
  static int twice(int x) {
    return 2 * x;
  }
}
