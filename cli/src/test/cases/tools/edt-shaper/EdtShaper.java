import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Tcp;

/// Shapes egress by earliest departure times: for the queueing discipline `fq`.
@Bpf(license = "GPL")
public final class EdtShaper {
  static final long NANOS = 1_000_000_000L;
  static final long HORIZON = 2 * NANOS;

  @Struct
  static final class Shape {
    long bytesPerSecond;
    long next;
    long packets;
    long delayed;
    long dropped;
  }

  static final BpfHashMap<Integer, Shape> byMark = BpfHashMap.create(64);

  @Config static boolean ecn;

  private static TcAction shape(TcContext ctx, Shape shape) {
    long now = Helpers.ktimeGetNs();
    long bytes = ctx.length();
    long delay = bytes * NANOS / shape.bytesPerSecond;
    long start = Math.max(now, ctx.timestamp());
    long next = shape.next;
    shape.packets++;
    if (next <= start) {
      shape.next = start + delay;
      return TcAction.OK;
    }
    if (next - now >= HORIZON) {
      shape.dropped++;
      return TcAction.SHOT;
    }
    if (ecn && next - now > 5_000_000) {
      Helpers.skbEcnSetCe(ctx);
    }
    ctx.timestamp(next);
    shape.next = next + delay;
    shape.delayed++;
    return TcAction.OK;
  }

  private static boolean isControl(TcContext ctx) {
    Ethernet ethernet = ctx.header(Ethernet.class, 0);
    if (ethernet == null || ethernet.etherType() != EtherType.IPV4) {
      return true;
    }
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.protocol() != IpProtocol.TCP) {
      return false;
    }
    Tcp tcp = ctx.header(Tcp.class, Ethernet.BYTES + ip.headerBytes());
    return tcp != null && tcp.has(Tcp.SYN);
  }

  @Tc
  static TcAction egress(TcContext ctx) {
    if (isControl(ctx)) {
      return TcAction.OK;
    }
    Shape shape = byMark.get(ctx.mark());
    if (shape == null || shape.bytesPerSecond == 0) {
      return TcAction.OK;
    }
    return shape(ctx, shape);
  }

  @Tc
  static TcAction pace(TcContext ctx) {
    Shape shape = byMark.get(0);
    if (shape == null) {
      return TcAction.SHOT;
    }
    shape.next = Helpers.ktimeGetNs() + 60 * NANOS;
    TcAction tooFar = shape(ctx, shape);
    shape.next = Helpers.ktimeGetNs() + NANOS;
    TcAction delayed = shape(ctx, shape);
    boolean later = ctx.timestamp() > Helpers.ktimeGetNs();
    shape.next = 0;
    return tooFar == TcAction.SHOT && delayed == TcAction.OK && later
        ? TcAction.PIPE
        : TcAction.SHOT;
  }

  @Tc
  static TcAction count(TcContext ctx) {
    Shape shape = byMark.get(ctx.mark());
    if (shape != null) {
      shape.packets += ctx.gsoSegments() == 0 ? 1 : ctx.gsoSegments();
    }
    return TcAction.UNSPEC;
  }
}
