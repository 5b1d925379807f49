import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Udp;

@Bpf(license = "GPL")
public final class PreviousWritable {

  @Xdp
  static XdpAction program(XdpContext context) {
    Udp last = null;
    for (int i = 0; i < 3; i++) {
      Udp next = context.writableSlice(Udp.class, 34 + i);
      if (last != null) {
        last.sourcePort(i);
      }
      last = next;
    }
    return XdpAction.PASS;
  }
}
