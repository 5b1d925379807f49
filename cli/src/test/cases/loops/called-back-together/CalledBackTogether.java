import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Bounded loops of many rounds around loops whose end is data: no verifier follows the outer one,
/// unless the kernel calls both back.
@Bpf(license = "GPL", minKernel = "5.17")
public final class CalledBackTogether {

  @Struct
  static final class Args {
    int a;
    int b;
    int n;
  }

  @Syscall
  static int divisors(Args args) {
    int sum = 0;
    for (int i = 1; i < 500; i++) {
      int a = args.a;
      int b = i;
      while (b != 0) {
        int rest = a % b;
        a = b;
        b = rest;
      }
      sum += a;
    }
    return sum;
  }

  @Syscall
  static int primes(Args args) {
    int found = 0;
    candidates:
    for (int i = 2; i < 1000; i++) {
      for (int d = 2; d * d <= i; d++) {
        if (i % d == 0) {
          continue candidates;
        }
        if (found > args.n) {
          break candidates;
        }
      }
      found++;
    }
    return found;
  }

  @Syscall
  static int three(Args args) {
    int sum = 0;
    for (int k = 0; k < 3; k++) {
      for (int i = 0; i < 300; i++) {
        int rest = args.a + i;
        do {
          rest -= args.b + k;
          sum++;
          if (sum == args.n) {
            return -sum;
          }
        } while (rest > 0);
      }
    }
    return sum;
  }
}
