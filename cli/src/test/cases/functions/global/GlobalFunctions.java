import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class GlobalFunctions {

  enum Kind {
    SHORT,
    LONG
  }

  @Struct
  static final class Sum {
    long value;
    int calls;
    final short[] parts = new short[4];
  }

  static final BpfHashMap<Integer, Sum> sums = BpfHashMap.create(4);
  static long total;
  static int result;

  @BpfFunction(global = true)
  static Kind kind(XdpContext ctx) {
    return ctx.length() < 40 ? Kind.SHORT : Kind.LONG;
  }

  @BpfFunction(global = true)
  static int etherType(XdpContext ctx, int otherwise) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    return eth == null ? otherwise : eth.etherType();
  }

  @BpfFunction(global = true)
  static void add(Sum sum, byte by, Kind kind, long scale) {
    sum.value += by * scale;
    sum.calls++;
    sum.parts[sum.calls % 4] = by;
    total += kind == Kind.LONG ? 1000 : 1;
  }

  @BpfFunction(global = true)
  static int divide(int dividend, int divisor) {
    return dividend / divisor;
  }

  @BpfFunction(global = true)
  static long mix(long a, boolean negative) {
    return negative ? -a : a * 3;
  }

  @Xdp
  static XdpAction program(XdpContext ctx) {
    Sum local = new Sum();
    Kind kind = kind(ctx);
    add(local, (byte) -2, kind, 5);
    add(local, (byte) 4, kind, mix(1L << 33, false));
    Sum stored = sums.get(1);
    if (stored != null) {
      add(stored, (byte) local.calls, Kind.SHORT, mix(local.value, true));
    }
    result = etherType(ctx, -1) + divide(100, ctx.length() - 30);
    return result < 0 ? XdpAction.DROP : XdpAction.PASS;
  }
}
