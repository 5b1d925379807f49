import java.util.Objects;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class BoxesAsObjects {

  enum Mode {
    OFF,
    SLOW,
    FAST
  }

  record Flow(int source, short port) {}

  @Struct
  static final class Args {
    int a;
    int b;
    Mode mode;
  }

  @Struct
  static final class Counter {
    int hits;
  }

  static final BpfHashMap<Integer, Integer> numbers = BpfHashMap.create(8);
  static final BpfHashMap<Integer, Flow> flows = BpfHashMap.create(8);
  static final BpfHashMap<Integer, Mode> modes = BpfHashMap.create(8);
  static final BpfHashMap<Integer, Counter> counters = BpfHashMap.create(8);

  @Syscall
  static int equality(Args args) {
    Integer left = numbers.get(args.a);
    Integer right = numbers.get(args.b);
    int result = Objects.equals(left, right) ? 1 : 0;
    result += Objects.equals(left, 7) ? 2 : 0;
    result += Objects.equals(flows.get(args.a), flows.get(args.b)) ? 4 : 0;
    result += Objects.equals(modes.get(args.a), modes.get(args.b)) ? 8 : 0;
    result += Objects.isNull(left) ? 16 : 0;
    result += Objects.nonNull(right) ? 32 : 0;
    if (left != null) {
      result += left.equals(right) ? 64 : 0;
      result += right != null && left.compareTo(right) < 0 ? 128 : 0;
      result += left.hashCode() << 8;
    }
    return result;
  }

  @Syscall
  static int required(Args args) {
    int number = Objects.requireNonNull(numbers.get(args.a), "a number");
    Flow flow = Objects.requireNonNull(flows.get(args.a));
    Counter counter = Objects.requireNonNull(counters.get(args.b));
    Mode mode = Objects.requireNonNull(modes.get(args.a));
    counter.hits += number;
    return counter.hits + flow.source() * 100 + mode.ordinal() * 10_000;
  }

  @Syscall
  static int otherwise(Args args) {
    int number = Objects.requireNonNullElse(numbers.get(args.a), args.b);
    Flow flow = Objects.requireNonNullElse(flows.get(args.a), new Flow(5, (short) args.b));
    Mode mode = Objects.requireNonNullElse(modes.get(args.a), args.mode);
    return number + flow.source() * 100 + mode.ordinal() * 10_000;
  }

  @Syscall
  static int order(Args args) {
    Mode slow = Mode.SLOW;
    int compared = args.mode.compareTo(slow);
    return compared * 10 + (args.mode.equals(slow) ? 1 : 0);
  }
}
