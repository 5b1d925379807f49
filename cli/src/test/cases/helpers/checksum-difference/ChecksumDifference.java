import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;

@Bpf(license = "GPL")
public final class ChecksumDifference {

  static long added;
  static long changed;

  /// Sets the destination address, and adapts the checksum at byte 24.
  @Tc
  static TcAction rewrite(TcContext context) {
    int[] from = new int[1];
    int[] to = new int[1];
    to[0] = 0x0b00000a;
    if (Helpers.skbLoadBytes(context, 30, from) != 0) {
      return TcAction.SHOT;
    }
    added = Helpers.csumDiff(null, to, 0);
    changed = Helpers.csumDiff(from, to, 0);
    Helpers.l3CsumReplace(context, 24, 0, changed, 0);
    Helpers.skbStoreBytes(context, 30, to, 0);
    if (!context.pull(34)) {
      return TcAction.SHOT;
    }
    Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) {
      return TcAction.SHOT;
    }
    return ip.destination() == 0x0a00000b ? TcAction.OK : TcAction.PIPE;
  }
}
