import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// What flags exclude no path reaches, though verifiers cannot tell: a record that would be lost
/// there, or a value that may be null there, is no error.
@Bpf(license = "GPL")
public final class ExcludedByFlags {

  @Struct
  static final class Args {
    int a;
    int b;
    int n;
  }

  @Struct
  static final class Value {
    int count;
  }

  static final BpfHashMap<Integer, Value> map = BpfHashMap.create(8);
  static final RingBuffer<Value> ring = RingBuffer.ofBytes(1 << 12);
  static final Value shared = new Value();

  @Syscall
  static int nulls(Args args) {
    boolean x = args.a == args.n;
    boolean y = args.b == args.n;
    Value value = map.get(args.n);
    if (x & y) {
      if (!y) {
        value.count = 1;
      }
      return 1;
    }
    return 0;
  }

  @Syscall
  static int submitted(Args args) {
    boolean x = args.a == args.n;
    boolean y = args.b == args.n;
    boolean both = x & y;
    if (both) {
      Value event = ring.reserve();
      if (event == null) {
        return -1;
      }
      event.count = args.n;
      if (y) {
        ring.submit(event);
      }
      return 2;
    }
    return x | y ? 1 : 0;
  }

  @Syscall
  static int inALoop(Args args) {
    boolean x = args.a == args.n;
    int sum = 0;
    for (int i = 0; i < 40; i++) {
      boolean y = i == args.b;
      if (!(x | y)) {
        sum++;
        if (y) {
          Value other = ring.reserve();
          sum += other == null ? 1000 : 2000;
        }
      }
    }
    return sum;
  }

  @BpfFunction(global = true)
  static int count(Value value, int n) {
    if (value == null) {
      return -1;
    }
    value.count += n;
    return value.count;
  }

  @Syscall
  static int globally(Args args) {
    shared.count = args.a;
    boolean x = args.a == args.n;
    boolean y = args.b == args.n;
    int sum = count(shared, args.b);
    if (x & y) {
      return x ? sum : sum + map.get(args.n).count;
    }
    return sum - 1;
  }
}
