import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Freplace;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class Replacing {

  enum Kind {
    SHORT,
    LONG
  }

  @Struct
  static final class Sum {
    long value;
    final short[] parts = new short[4];
  }

  static final BpfHashMap<Integer, Long> seen = BpfHashMap.create(16);
  static int calls;

  @Freplace("etherType")
  static int etherType(XdpContext ctx, int otherwise) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null) {
      return otherwise;
    }
    count(eth.etherType());
    return eth.etherType() / (otherwise - 1);
  }

  private static void count(int type) {
    Long before = seen.get(type);
    seen.put(type, before == null ? 1 : before + 1);
  }

  @Freplace("mark")
  static long mark(TcContext ctx, boolean wanted, byte by, Kind kind) {
    if (wanted) {
      ctx.mark(by + kind.ordinal());
    }
    return ctx.length() * 3L;
  }

  @Freplace("add")
  static void add(Sum sum, short part) {
    for (int i = 0; i < 4; i++) {
      sum.parts[i] += part;
      sum.value += sum.parts[i];
    }
    calls++;
  }

  @Freplace("mix")
  static long mix(long a, int b) {
    return a % b;
  }
}
