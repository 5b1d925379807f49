import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class AddressOfAHeader {

  static long last;

  @Xdp
  static XdpAction look(XdpContext context) {
    last = Helpers.addressOf(context.header(Ethernet.class, 0));
    return XdpAction.PASS;
  }
}
