import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Programs that look up so many elements of their argument that they work on a copy of it; what
/// they write is in the argument when they end, also by an abort.
@Bpf(license = "GPL")
public final class SearchedOften {

  @Struct
  static final class Args {
    int n;
    final int[] values = new int[16];
    byte seen;
  }

  static final BpfHashMap<Integer, Integer> counts = BpfHashMap.create(16);

  @Syscall
  static int heap(Args args) {
    int n = Math.clamp(args.n, 0, 16);
    for (int root = n / 2 - 1; root >= 0; root--) {
      sift(args, root, n);
    }
    for (int end = n - 1; end > 0; end--) {
      swap(args, 0, end);
      sift(args, 0, end);
    }
    args.seen++;
    return args.values[0];
  }

  private static void sift(Args args, int from, int n) {
    int at = from;
    while (true) {
      int child = 2 * at + 1;
      if (child >= n) {
        break;
      }
      if (child + 1 < n && args.values[child] < args.values[child + 1]) {
        child++;
      }
      if (args.values[at] >= args.values[child]) {
        break;
      }
      swap(args, at, child);
      at = child;
    }
  }

  private static void swap(Args args, int one, int other) {
    int value = args.values[one];
    args.values[one] = args.values[other];
    args.values[other] = value;
  }

  /// Aborts where an element is not.
  @Syscall
  static int walk(Args args) {
    int at = 0;
    for (int i = 0; i < 20; i++) {
      args.seen++;
      int next = args.values[at];
      args.values[at] = i;
      at = next;
    }
    return at;
  }

  /// Hands the copy to lambdas and returns early.
  @Syscall
  static int counted(Args args) {
    for (int value : args.values) {
      Integer before = counts.get(value);
      counts.put(value, before == null ? 1 : before + 1);
      if (value == args.n) {
        args.seen = 7;
        return -1;
      }
    }
    counts.forEach((key, count) -> args.values[key & 15] += count);
    return args.values[args.n & 15];
  }
}
