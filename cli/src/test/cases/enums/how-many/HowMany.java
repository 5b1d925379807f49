import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Value;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class HowMany {
  enum Kind {
    OTHER,
    SHORT,
    LONG
  }

  enum Protocol {
    @Value(6)
    TCP,
    @Value(17)
    UDP
  }

  static final int[] LIMITS = {20, 30, 40};
  static final int[] ROOM = new int[LIMITS.length * 2];

  @Struct
  static final class Counts {
    final int[] of = new int[Kind.values().length + 1];
    final byte[] rest = new byte[Kind.LONG.ordinal()];
  }

  static final BpfArray<Long> kinds = BpfArray.create(Kind.values().length);
  static final BpfPerCpuArray<Counts> counts = BpfPerCpuArray.create(Protocol.UDP.ordinal() + 1);
  static final long[] totals = new long[XdpAction.values().length];
  static int sum;

  static Kind kind(int length) {
    return length < LIMITS[0]
        ? Kind.SHORT
        : length < LIMITS[LIMITS.length - 1] ? Kind.OTHER : Kind.LONG;
  }

  @Xdp
  static XdpAction count(XdpContext context) {
    Kind kind = kind(context.length());
    kinds.put(kind.ordinal(), kinds.get(kind.ordinal()) + 1);
    int[] local = new int[Kind.values().length];
    local[kind.ordinal()] = 5;
    for (int i = 0; i < Kind.values().length; i++) {
      sum += local[i];
    }
    Counts here = counts.get(1);
    here.of[here.of.length - 1]++;
    here.rest[here.rest.length - 1] = 3;
    totals[XdpAction.PASS.ordinal()] += ROOM.length;
    return XdpAction.PASS;
  }
}
