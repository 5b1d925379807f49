import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfLruHashMap;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.BpfPerCpuHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class ForEachMapKinds {

  enum Color {
    RED,
    GREEN
  }

  record Point(byte x, long y) {}

  @Struct
  static final class Key {
    int a;
    final byte[] b = new byte[2];
  }

  static final BpfArray<Integer> numbers = BpfArray.create(3);
  static final BpfArray<AtomicLong> cells = BpfArray.create(3);
  static final BpfPerCpuArray<Long> perCpu = BpfPerCpuArray.create(2);
  static final BpfHashMap<Color, Point> points = BpfHashMap.create(4);
  static final BpfLruHashMap<Key, Boolean> keys = BpfLruHashMap.create(4);
  static final BpfPerCpuHashMap<Long, Integer> counts = BpfPerCpuHashMap.create(4);

  static long total;

  @Xdp
  static XdpAction sum(XdpContext ctx) {
    perCpu.put(0, 3L);
    perCpu.put(1, 4L);
    counts.put(-1L, 9);
    long[] sum = {0};
    numbers.forEach((index, value) -> sum[0] += index * 10 + value);
    cells.forEach(
        (index, cell) -> {
          long before = cell.getAndAdd(index + 1);
          sum[0] += before;
        });
    perCpu.forEach((index, value) -> sum[0] += (index + 1) * value);
    points.forEach((color, point) -> sum[0] += color == Color.GREEN ? point.y() : point.x());
    keys.forEach(
        (key, flag) -> {
          if (flag) {
            sum[0] += key.a + key.b[1];
          }
        });
    counts.forEach((key, count) -> sum[0] += key + count);
    total = sum[0];
    return XdpAction.PASS;
  }
}
