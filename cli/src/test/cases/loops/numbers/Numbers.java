import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Loops of mathematics whose end depends on data.
@Bpf(license = "GPL")
public final class Numbers {

  @Struct
  static final class Args {
    int a;
    int b;
    long result;
  }

  @Syscall
  static int gcd(Args args) {
    int a = args.a;
    int b = args.b;
    while (b != 0) {
      int rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  @Syscall
  static int fibonacci(Args args) {
    long before = 0;
    long now = 1;
    for (int i = 1; i < args.a; i++) {
      long next = before + now;
      before = now;
      now = next;
    }
    args.result = now;
    return args.a;
  }

  @Syscall
  static int collatz(Args args) {
    long value = args.a;
    int steps = 0;
    int highest = 0;
    while (value != 1) {
      if (value % 2 == 0) {
        value /= 2;
      } else {
        value = 3 * value + 1;
      }
      if (value > args.result) {
        args.result = value;
        highest = steps;
      }
      steps++;
    }
    return steps * 1000 + highest;
  }

  @Syscall
  static int power(Args args) {
    long base = args.a;
    long result = 1;
    for (int exponent = args.b; exponent > 0; exponent >>= 1) {
      if ((exponent & 1) != 0) {
        result = result * base % 1_000_007;
      }
      base = base * base % 1_000_007;
    }
    args.result = result;
    return (int) result;
  }

  @Syscall
  static int isPrime(Args args) {
    for (int i = 2; i * i <= args.a; i++) {
      if (args.a % i == 0) {
        return i;
      }
    }
    return 0;
  }

  @Syscall
  static int digits(Args args) {
    int sum = 0;
    int left = args.a;
    do {
      sum = sum * 3 + left % 10;
      left /= 10;
    } while (left > 0);
    return sum;
  }
}
