import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL", minKernel = "6.9")
public final class MayGoto {

  @Struct
  static final class Args {
    long n;
    int width;
    int steps;
    long sum;
  }

  static final BpfHashMap<Long, Long> next = BpfHashMap.create(64);

  /// Collatz: nobody knows a bound.
  private static int collatz(long start) {
    int steps = 0;
    long n = start;
    while (n != 1) {
      n = (n & 1) == 0 ? n >>> 1 : 3 * n + 1;
      steps++;
    }
    return steps;
  }

  @Syscall
  static int run(Args args) {
    int most = 0;
    for (long i = 1; i <= args.n; i++) {
      int steps = collatz(i);
      if (steps > most) {
        most = steps;
      }
      if (steps == args.width) {
        continue;
      }
      for (int j = 0; j < args.width; j++) {
        args.sum += j ^ steps;
      }
    }
    args.steps = most;
    long at = 0;
    int hops = 0;
    do {
      Long to = next.get(at);
      if (to == null) {
        break;
      }
      at = to;
      hops++;
    } while (at != 0);
    int rounds =
        Helpers.loop(
            1000,
            i -> {
              long n = i + 1;
              while (n % 7 != 0) {
                n += 5;
              }
              return n < 500;
            });
    return hops * 10000 + rounds;
  }
}
