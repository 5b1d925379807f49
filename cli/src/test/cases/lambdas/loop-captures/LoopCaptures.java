import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class LoopCaptures {

  @Struct
  static final class Sum {
    long value;
    int odd;
    boolean wrapped;
  }

  record Step(int by, long scale) {}

  enum Mode {
    UP,
    DOWN
  }

  static final BpfHashMap<Integer, Sum> sums = BpfHashMap.create(4);
  static final BpfHashMap<Integer, Long> numbers = BpfHashMap.create(4);

  private static long sum(int[] values, int count, Step step) {
    Sum sum = new Sum();
    Helpers.loop(
        count,
        i -> {
          values[i % values.length] += step.by();
          sum.value += values[i % values.length] * step.scale();
          if ((i & 1) == 1) {
            sum.odd++;
          }
          return true;
        });
    return sum.value + sum.odd;
  }

  @Xdp
  static XdpAction program(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null) {
      return XdpAction.DROP;
    }
    Sum stored = sums.get(1);
    Long start = numbers.get(1);
    if (stored == null || start == null) {
      return XdpAction.PASS;
    }
    int[] values = {1, 2, 3};
    long total = sum(values, 5, new Step(10, 2));
    Mode mode = eth.etherType() == 0x800 ? Mode.UP : Mode.DOWN;
    short narrow = (short) eth.etherType();
    byte sign = -3;
    boolean flag = total > 100;
    Helpers.loop(
        4,
        i -> {
          stored.value += start + sign + (mode == Mode.UP ? i : -i);
          stored.odd += narrow;
          stored.wrapped = flag;
          eth.etherType(eth.etherType() + 1);
          return ctx.length() < 64;
        });
    numbers.put(2, total);
    numbers.put(3, (long) values[0] * 10000 + values[1] * 100 + values[2]);
    return XdpAction.TX;
  }
}
