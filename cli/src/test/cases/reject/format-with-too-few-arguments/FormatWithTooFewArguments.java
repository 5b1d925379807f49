import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class FormatWithTooFewArguments {
  @Xdp
  static XdpAction program(XdpContext context) {
    Helpers.printk("%d of %d", context.length());
    return XdpAction.PASS;
  }
}
