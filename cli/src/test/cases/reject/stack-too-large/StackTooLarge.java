import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class StackTooLarge {

  @Xdp
  static XdpAction program(XdpContext context) {
    long[] a = new long[40];
    long[] b = new long[40];
    for (int i = 0; i < 40; i++) {
      a[i] = context.length() + i;
      b[i] = a[i] * 3;
    }
    int at = context.length() % 40;
    return a[at] > b[39 - at] ? XdpAction.DROP : XdpAction.PASS;
  }
}
