import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "Apache-2.0")
public final class GplHelperUnderAnotherLicence {
  @Xdp
  static XdpAction program(XdpContext context) {
    Helpers.printk("hello");
    return XdpAction.PASS;
  }
}
