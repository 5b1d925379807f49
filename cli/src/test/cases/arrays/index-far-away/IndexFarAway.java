import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

/// What is added to an index is larger than any offset, and the number from before is needed.
@Bpf(license = "GPL")
public final class IndexFarAway {

  static final int AWAY = 0x7fff_ff00;

  @Config static int far = AWAY;

  @Struct
  static final class Away {
    int by;
    long times;
  }

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

  @Xdp
  static XdpAction configured(XdpContext context) {
    int at = low;
    low += context.length();
    bytes[at + far] += 3;
    return bytes[at + far] == at ? XdpAction.PASS : XdpAction.DROP;
  }

  @Xdp
  static XdpAction below(XdpContext context) {
    int at = high;
    high += context.length();
    int down = far > 3 ? 1_000_000_000 : far;
    bytes[at - down] += 4;
    return bytes[at - down] == at ? XdpAction.PASS : XdpAction.DROP;
  }

  @Xdp
  static XdpAction held(XdpContext context) {
    Away away = new Away();
    away.by = context.length() > 20 ? AWAY : AWAY - 1;
    away.times = 1L << 40;
    int at = low;
    low += context.length();
    bytes[at + away.by] += 5;
    return bytes[(int) (at + AWAY * 1L + away.times - (1L << 40))] == at
        ? XdpAction.PASS
        : XdpAction.DROP;
  }

  @Xdp
  static XdpAction compared(XdpContext context) {
    int at = low;
    int away = high;
    if (away == 1_000_000_001 && at < 0) {
      at = 3 - away + context.length();
      bytes[at + away] += 6;
    }
    return bytes[3] == at ? XdpAction.PASS : XdpAction.DROP;
  }

  @Xdp
  static XdpAction passed(XdpContext context) {
    return add(low, AWAY) + add(high, -1_000_000_000) == context.length()
        ? XdpAction.PASS
        : XdpAction.DROP;
  }

  private static int add(int at, int away) {
    bytes[at + away] += 7;
    return bytes[at + away] + at;
  }
}
