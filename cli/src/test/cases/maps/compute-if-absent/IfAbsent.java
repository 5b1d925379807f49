import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArrayOfMaps;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfLruHashMap;
import org.bpf4j.lang.BpfPerCpuHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class IfAbsent {

  enum Mode {
    OFF,
    SLOW,
    FAST
  }

  record Flow(int source, short port) {}

  @Struct
  static final class Stats {
    int first;
    long packets;
  }

  @Struct
  static final class Args {
    int key;
    int other;
    long result;
  }

  static final BpfHashMap<Integer, Stats> stats = BpfHashMap.create(2);
  static final BpfHashMap<Flow, AtomicLong> counts = BpfHashMap.create(4);
  static final BpfLruHashMap<Integer, Long> numbers = BpfLruHashMap.create(64);
  static final BpfPerCpuHashMap<Long, Flow> flows = BpfPerCpuHashMap.create(4);
  static final BpfHashMap<Mode, Mode> modes = BpfHashMap.create(4);
  static final BpfArrayOfMaps<BpfHashMap<Integer, Long>> tables =
      BpfArrayOfMaps.create(2, BpfHashMap.create(2));
  static int made;

  static Stats fresh(int key) {
    made++;
    Stats one = new Stats();
    one.first = key * 10;
    return one;
  }

  @Syscall
  static int structs(Args args) {
    int other = args.other;
    Stats found =
        stats.computeIfAbsent(
            args.key,
            key -> {
              Stats one = fresh(key);
              if (other > 100) {
                one.packets = other;
              }
              return one;
            });
    if (found == null) {
      return -1;
    }
    found.packets++;
    args.result = found.packets;
    return found.first;
  }

  static boolean count(Flow flow, long by) {
    AtomicLong count = counts.computeIfAbsent(flow, _ -> new AtomicLong(1_000));
    if (count == null) {
      return false;
    }
    count.addAndGet(by);
    return true;
  }

  @Syscall
  static int atomics(Args args) {
    int counted = 0;
    for (int i = 0; i < 6; i++) {
      counted += count(new Flow(args.key + i, (short) (i & 1)), i) ? 1 : 0;
    }
    for (int i = 0; i < 2; i++) {
      counted += count(new Flow(args.key, (short) 0), 1L << 33) ? 10 : 0;
    }
    return counted;
  }

  @Syscall
  static int copies(Args args) {
    Long one = numbers.computeIfAbsent(args.key, key -> key * 2L);
    numbers.replace(args.key, 77L);
    Long two = numbers.computeIfAbsent(args.key, key -> key * 3L);
    boolean absent = numbers.replace(args.key + 1, 5L);
    if (one == null || two == null) {
      return -1;
    }
    args.result = one * 1_000 + two;
    return absent ? 1 : numbers.containsKey(args.key + 1) ? 2 : 0;
  }

  @Syscall
  static int others(Args args) {
    Flow flow = flows.computeIfAbsent((long) args.key, key -> new Flow((int) (key + 1), (short) 3));
    Mode mode = modes.computeIfAbsent(Mode.SLOW, m -> m == Mode.SLOW ? Mode.FAST : Mode.OFF);
    BpfHashMap<Integer, Long> table = tables.get(args.other);
    if (flow == null || mode == null || table == null) {
      return -1;
    }
    Long inner = table.computeIfAbsent(args.key, IfAbsent::square);
    args.result = inner == null ? -1 : inner;
    return flow.source() * 100 + flow.port() * 10 + mode.ordinal();
  }

  static Long square(Integer number) {
    return (long) number * number;
  }
}
