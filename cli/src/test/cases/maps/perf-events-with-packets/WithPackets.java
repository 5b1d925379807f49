import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class WithPackets {

  @Struct
  static final class Seen {
    int captured;
    int length;
    long number;
    int last;
  }

  static final PerfEventArray<Seen> events = PerfEventArray.create();
  static int refused;

  static int captured(int length) {
    return Math.min(length, 20);
  }

  static void fill(Seen seen, int length, int bytes) {
    seen.captured = bytes;
    seen.length = length;
    seen.number = -1;
    seen.last = 7;
  }

  static boolean report(XdpContext ctx, int length, int bytes) {
    Seen seen = new Seen();
    fill(seen, length, bytes);
    return events.outputWithPacket(ctx, seen, bytes);
  }

  static boolean report(TcContext ctx, int length, int bytes) {
    Seen seen = new Seen();
    fill(seen, length, bytes);
    return events.outputWithPacket(ctx, seen, bytes);
  }

  @Xdp
  static XdpAction frame(XdpContext ctx) {
    int length = ctx.length();
    if (report(ctx, length, length + 1) || report(ctx, length, -1)) {
      refused++;
    }
    return report(ctx, length, captured(length)) ? XdpAction.PASS : XdpAction.DROP;
  }

  @Tc
  static TcAction packet(TcContext ctx) {
    int length = ctx.length();
    for (int bytes = 4; bytes <= 12; bytes += 8) {
      if (!report(ctx, length, bytes)) {
        return TcAction.SHOT;
      }
    }
    return report(ctx, length, 1 << 20) ? TcAction.SHOT : TcAction.OK;
  }

  @Xdp
  static XdpAction parts(XdpContext ctx) {
    Seen seen = new Seen();
    seen.captured = 1;
    seen.number = 3;
    seen.last = 9;
    Ethernet eth = ctx.header(Ethernet.class, 0);
    int bytes = eth == null ? 0 : eth.etherType();
    if (!events.outputFirst(seen, 4)) {
      return XdpAction.DROP;
    }
    if (!events.outputFirst(seen, bytes)) {
      return XdpAction.DROP;
    }
    return XdpAction.PASS;
  }
}
