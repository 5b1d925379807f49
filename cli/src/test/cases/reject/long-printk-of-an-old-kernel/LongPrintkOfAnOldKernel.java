import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL", minKernel = "5.15")
public final class LongPrintkOfAnOldKernel {

  @Xdp
  static XdpAction program(XdpContext context) {
    Helpers.printk("%d %d %d %d", 1, 2, 3, context.length());
    return XdpAction.PASS;
  }
}
