import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Loops that begin with any number of a few, with more alive than there are registers.
@Bpf(license = "GPL")
public final class CounterInMemory {
  @Struct
  static final class Args {
    long a;
    long b;
    int rounds;
    int result;
  }

  @Struct
  static final class Event {
    long number;
  }

  static final BpfHashMap<Integer, Long> totals = BpfHashMap.create(4);
  static final BpfArray<Integer> refused = BpfArray.create(1);
  static final RingBuffer<Event> ring = RingBuffer.ofBytes(1 << 12);

  @Syscall
  static int down(Args args) {
    long a = args.a;
    long b = args.b;
    long c = a * 3 + b;
    long d = a ^ b;
    long last = 0;
    for (int i = args.rounds & 3; i > 0; i--) {
      last = add((int) a & 7, b) ^ add((int) c & 7, d) ^ add((int) d & 3, a ^ c ^ b);
    }
    args.result = (int) (a + b * 2 + c * 3 + d * 5 + last);
    return args.result;
  }

  @Syscall
  static int up(Args args) {
    long a = args.a;
    long b = args.b;
    long c = a * 3 + b;
    long d = a ^ b;
    long e = a | b;
    for (int i = args.rounds & 7; i < 8; i += 2) {
      Event event = ring.reserve();
      if (event != null) {
        event.number = a ^ b ^ c ^ d ^ e;
        ring.submit(event);
      }
      totals.put((int) a & 3, a + b + c + d + e);
      totals.put((int) b & 3, a - b + c - d + e);
    }
    args.result = (int) (a + b * 2 + c * 3 + d * 5 + e * 7);
    return args.result;
  }

  private static long add(int key, long by) {
    Long before = totals.get(key);
    long after = (before == null ? 0 : before) + by;
    if (!totals.put(key, after)) {
      refused.put(0, refused.get(0) + key);
    }
    return after;
  }
}
