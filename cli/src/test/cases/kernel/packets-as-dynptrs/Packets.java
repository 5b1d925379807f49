import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Dynptr;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

/// Packets as memory that knows how long it is.
@Bpf(license = "GPL")
public final class Packets {

  @Struct
  static final class Kept {
    final byte[] bytes = new byte[32];
  }

  static final BpfArray<Kept> kept = BpfArray.create(1);
  static int type;
  static int length;
  static int shown;

  @Kfunc(since = "6.4")
  static native Dynptr bpfDynptrFromXdp(XdpContext ctx, long flags);

  @Kfunc(since = "6.4")
  static native Dynptr bpfDynptrFromSkb(TcContext ctx, long flags);

  @Kfunc(since = "6.5")
  static native int bpfDynptrSize(Dynptr of);

  @Kfunc(since = "6.16")
  static native int bpfDynptrCopy(Dynptr to, int at, Dynptr from, int begin, int count);

  @Xdp
  static XdpAction frame(XdpContext ctx) {
    Dynptr frame = bpfDynptrFromXdp(ctx, 0);
    byte[] swapped = new byte[2];
    if (!frame.read(12, swapped)) {
      return XdpAction.DROP;
    }
    byte first = swapped[0];
    swapped[0] = swapped[1];
    swapped[1] = first;
    length = bpfDynptrSize(frame);
    shown = frame.data(Kept.class, 0) == null ? 1 : 2;
    return frame.write(12, swapped) ? XdpAction.PASS : XdpAction.ABORTED;
  }

  /// Views are there again behind a write, and none before.
  @Tc
  static TcAction packet(TcContext ctx) {
    Ethernet before = ctx.header(Ethernet.class, 0);
    if (before == null) {
      return TcAction.SHOT;
    }
    type = before.etherType();
    Dynptr packet = bpfDynptrFromSkb(ctx, 0);
    byte[] ones = {1, 1};
    packet.write(12, ones);
    Ethernet behind = ctx.header(Ethernet.class, 0);
    if (behind == null) {
      return TcAction.SHOT;
    }
    type += behind.etherType();
    Dynptr copy = Helpers.dynptrFromMem(kept.get(0).bytes, 0);
    if (copy != null) {
      length = bpfDynptrCopy(copy, 0, packet, 0, 14);
    }
    return kept.get(0).bytes[13] == 1 ? TcAction.OK : TcAction.SHOT;
  }
}
