import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Udp;

/// Bytes of packets that are written where they are.
@Bpf(license = "GPL")
public final class WritableSlices {

  static int before;
  static int behind;

  @Xdp
  static XdpAction frame(XdpContext ctx) {
    Ethernet ethernet = ctx.writableSlice(Ethernet.class, 0);
    if (ethernet == null) {
      return XdpAction.DROP;
    }
    ethernet.swapAddresses();
    before = ethernet.etherType();
    ethernet.etherType(0x88b5);
    Ethernet again = ctx.header(Ethernet.class, 0);
    behind = again == null ? 0 : again.etherType();
    return XdpAction.TX;
  }

  /// Ports from the front, as long as there are some.
  @Tc
  static TcAction packet(TcContext ctx) {
    int changed = 0;
    for (int i = 0; i < 4; i++) {
      Udp udp = ctx.writableSlice(Udp.class, 14 + 8 * i);
      if (udp == null) {
        break;
      }
      udp.sourcePort(udp.sourcePort() + i + 1);
      changed++;
    }
    behind = changed;
    Udp outside = ctx.writableSlice(Udp.class, -1);
    return outside == null ? TcAction.OK : TcAction.SHOT;
  }
}
