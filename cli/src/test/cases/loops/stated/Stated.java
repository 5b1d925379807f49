import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.LoopBudget;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Stated {

  @Struct
  static final class Args {
    long n;
    int width;
  }

  /// More rounds than any verifier follows.
  @Syscall
  @LoopBudget(2_000_000)
  static int halving(Args args) {
    int steps = 0;
    long left = args.n;
    while (left > 0) {
      left -= left % 3 + 1;
      steps++;
    }
    return steps;
  }

  /// As many as each follows.
  @Syscall
  static int few(Args args) {
    int found = 0;
    for (@LoopBudget(500) int at = args.width; at != 0; at = at % 2 == 0 ? at / 2 : at - 1) {
      found += at;
      if (at > 100_000) {
        return -found;
      }
    }
    return found;
  }

  @LoopBudget(50_000)
  private static long highest(long start) {
    long n = start;
    long most = n;
    do {
      n = (n & 1) == 0 ? n >>> 1 : 3 * n + 1;
      most = Math.max(most, n);
    } while (n != 1);
    return most;
  }

  /// A loop in a loop, and one in a method that is called there.
  @Syscall
  @LoopBudget(10_000)
  static int most(Args args) {
    int found = 0;
    outer:
    for (long i = 1; i < args.n; i++) {
      long top = highest(i);
      while (top % 8 != 0) {
        top /= 2;
        if (top == args.width) {
          continue outer;
        }
      }
      found++;
    }
    return found;
  }
}
