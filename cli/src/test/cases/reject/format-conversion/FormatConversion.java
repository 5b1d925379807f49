import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class FormatConversion {

  @Xdp
  static XdpAction program(XdpContext context) {
    Helpers.printk("length %f", context.length());
    return XdpAction.PASS;
  }
}
