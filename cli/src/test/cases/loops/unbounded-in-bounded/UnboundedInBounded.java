import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class UnboundedInBounded {

  @Struct
  static final class Args {
    int a;
    int b;
    int n;
  }

  private static int gcd(int first, int second) {
    int a = first;
    int b = second;
    while (b != 0) {
      int rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  private static int steps(int start) {
    int steps = 0;
    for (int n = start; n > 1; n = (n & 1) == 0 ? n >> 1 : 3 * n + 1) {
      steps++;
    }
    return steps;
  }

  @Syscall
  static int divisors(Args args) {
    int sum = 0;
    for (int i = 1; i < 50; i++) {
      sum += gcd(args.a, i);
    }
    return sum;
  }

  @Syscall
  static int threeInARow(Args args) {
    int sum = 0;
    for (int i = 1; i < 50; i++) {
      sum += gcd(args.a, i);
      sum -= gcd(args.b, i + 3);
      sum ^= gcd(i, args.b);
    }
    return sum;
  }

  @Syscall
  static int longOuter(Args args) {
    int sum = 0;
    for (int i = 1; i < 30; i++) {
      for (int j = 0; j < 10; j++) {
        sum += steps((args.a + i) & 7) + steps((args.b + j) & 7);
      }
    }
    return sum;
  }

  @Syscall
  static int anyOuter(Args args) {
    int sum = 0;
    for (int i = 0; i < args.n; i++) {
      sum += steps((args.a ^ i) & 15) + gcd(args.b, i);
    }
    return sum;
  }

  @Syscall
  static int withBreaks(Args args) {
    int sum = 0;
    for (int i = 1; i < 40; i++) {
      int x = args.a;
      while (x > i) {
        x /= 2;
        if (x == args.n) {
          sum++;
          continue;
        }
        if (sum > 5_000) {
          break;
        }
        sum += x;
      }
      int y = args.b;
      do {
        y -= i;
        sum++;
      } while (y > 0);
    }
    return sum;
  }
}
