import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class TextConcatenation {
  @Xdp
  static XdpAction program(XdpContext context) {
    Helpers.printk("length " + context.length());
    return XdpAction.PASS;
  }
}
