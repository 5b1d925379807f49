import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

/// What is added to an index is larger than any offset, and the number from before is needed.
@Bpf(license = "GPL")
public final class IndexFarAway {

  static final int AWAY = 0x7fff_ff00;

  static final byte[] bytes = new byte[64];
  static int low = -AWAY;
  static int high = 1_000_000_001;

  @Xdp
  static XdpAction sum(XdpContext context) {
    int at = low;
    low += context.length();
    bytes[at + AWAY]++;
    return bytes[at + AWAY] == at ? XdpAction.PASS : XdpAction.DROP;
  }

  @Xdp
  static XdpAction difference(XdpContext context) {
    int at = context.length() > 20 ? high - 1_000_000_000 : 3;
    bytes[at] += 2;
    return high == at ? XdpAction.PASS : XdpAction.DROP;
  }

  @Xdp
  static XdpAction packet(XdpContext context) {
    int length = context.length();
    Ethernet frame = context.header(Ethernet.class, length + AWAY);
    return frame == null && length > 0 ? XdpAction.PASS : XdpAction.DROP;
  }
}
