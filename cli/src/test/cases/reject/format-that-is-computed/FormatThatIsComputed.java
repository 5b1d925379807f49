import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class FormatThatIsComputed {
  @Xdp
  static XdpAction program(XdpContext context) {
    String format = context.length() > 100 ? "a %d" : "b %d";
    Helpers.printk(format, context.length());
    return XdpAction.PASS;
  }
}
