import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Udp;

@Bpf(license = "GPL")
public final class PreviousSlice {

  @Xdp
  static XdpAction program(XdpContext context) {
    Udp last = null;
    int ports = 0;
    for (int i = 0; i < 3; i++) {
      Udp next = context.slice(Udp.class, 34 + i);
      if (last != null) {
        ports += last.sourcePort();
      }
      last = next;
    }
    return ports == 0 ? XdpAction.DROP : XdpAction.PASS;
  }
}
