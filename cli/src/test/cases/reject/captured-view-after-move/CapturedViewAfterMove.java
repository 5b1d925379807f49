import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class CapturedViewAfterMove {

  @Xdp
  static XdpAction program(XdpContext context) {
    Ethernet eth = context.header(Ethernet.class, 0);
    if (eth == null) {
      return XdpAction.DROP;
    }
    Helpers.loop(
        3,
        i -> {
          eth.etherType(i);
          return context.adjustHead(-4);
        });
    eth.etherType(1);
    return XdpAction.PASS;
  }
}
