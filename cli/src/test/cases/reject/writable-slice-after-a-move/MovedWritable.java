import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Udp;

@Bpf(license = "GPL")
public final class MovedWritable {

  @Xdp
  static XdpAction program(XdpContext context) {
    Udp udp = context.writableSlice(Udp.class, 34);
    if (udp == null || !context.adjustHead(4)) {
      return XdpAction.DROP;
    }
    udp.sourcePort(7);
    return XdpAction.PASS;
  }
}
