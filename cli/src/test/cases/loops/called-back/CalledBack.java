import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.LoopBudget;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Loops of any length for kernels that have no iterators of numbers.
@Bpf(license = "GPL", minKernel = "5.17")
public final class CalledBack {

  @Struct
  static final class Args {
    long start;
    int limit;
    int step;
    final int[] table = new int[8];
  }

  /// More rounds than a budget has.
  @Syscall
  static int counted(Args args) {
    int sum = 0;
    for (int i = 0; i < 1_000_000; i++) {
      sum += (i ^ args.step) & 7;
    }
    return sum;
  }

  @Syscall
  static int collatz(Args args) {
    int steps = 0;
    long n = args.start;
    while (n != 1) {
      n = n % 2 == 0 ? n / 2 : 3 * n + 1;
      steps++;
    }
    return steps;
  }

  /// The body runs once at least.
  @Syscall
  static int digits(Args args) {
    long rest = args.start;
    int digits = 0;
    do {
      rest /= 10;
      digits++;
    } while (rest != 0);
    return digits;
  }

  /// What is the same in all rounds but the last must not be taken to be so in all.
  @Syscall
  static int flags(Args args) {
    boolean done = false;
    boolean odd = false;
    int last = 0;
    int rounds = 0;
    long at = args.start;
    while (!done) {
      at -= args.step;
      odd = !odd;
      last = rounds;
      rounds += 3;
      if (at <= 0) {
        done = true;
      }
    }
    if (last == 0) {
      return odd ? 1 : 2;
    }
    return odd ? last * 10 : -last * 10;
  }

  /// A value that is only there in some rounds.
  @Syscall
  static int maybe(Args args) {
    Long found = null;
    Integer first = null;
    for (long at = args.start; at > 0; at -= args.step) {
      if (at % 7 == 3) {
        found = at;
        if (first == null) {
          first = (int) at;
        }
      }
    }
    if (found == null) {
      return -1;
    }
    return (int) (found * 1000 + (first == null ? 0 : first));
  }

  record Pair(int low, long high) {}

  @Syscall
  static int records(Args args) {
    Pair pair = new Pair(0, 1);
    for (long at = args.start; at > 0; at -= args.step) {
      pair = new Pair((int) (pair.high() & 0xff), pair.high() + pair.low() + at);
    }
    return pair.low() * 7 + (int) pair.high();
  }

  /// Ways out of two loops: to behind both, to the next round of the outer one, out of the method,
  /// and by an abort.
  @Syscall
  static int leaving(Args args) {
    long sum = 0;
    outer:
    for (long a = args.start; a > 0; a -= args.step) {
      for (long b = a; b != 0; b -= 2) {
        if (b == args.limit) {
          break outer;
        }
        if ((a ^ b) == 5) {
          continue outer;
        }
        if (b < -20) {
          return (int) -sum;
        }
        sum += args.table[b == 9 ? 9 : (int) b & 7];
      }
      sum += 1000;
    }
    return (int) sum;
  }

  @Syscall
  static int aborting(Args args) {
    int sum = 0;
    for (int i = 0; args.table[i] != args.limit; i += args.step) {
      sum += 100 / args.table[i];
    }
    return sum;
  }

  @Syscall
  static int thrown(Args args) {
    for (long at = args.start; ; at -= args.step) {
      if (at == args.limit) {
        throw new IllegalStateException();
      }
      if (at < 0) {
        return (int) at;
      }
    }
  }

  static long greatestDivisor(long a, long b) {
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  @Syscall
  static int called(Args args) {
    long sum = 0;
    for (long at = args.start; at > 0; at -= args.step) {
      sum = sum * 3 + greatestDivisor(at, args.limit) + greatestDivisor(args.limit * 4L, at);
    }
    return (int) sum;
  }

  static int thirds(long start) {
    int steps = 0;
    for (@LoopBudget(2_000_000) long n = start; n > 0; n -= 3) {
      steps++;
    }
    return steps;
  }

  @Syscall
  static int stated(Args args) {
    return thirds(args.start);
  }

  @Syscall
  static int nested(Args args) {
    int found = 0;
    for (long a = args.start; a > 0; a -= args.step) {
      for (long b = a; b > 0; b -= args.step) {
        for (long c = b; c > 0; c -= args.step) {
          found += (a * b + c) % 11 == args.limit ? 1 : 0;
        }
      }
    }
    return found;
  }

  @Syscall
  static int switched(Args args) {
    int state = args.limit;
    int rounds = 0;
    machine:
    while (true) {
      rounds++;
      switch (state & 3) {
        case 0:
          state = state / 2 + args.step;
          break;
        case 1:
          state = state * 3 + 1;
          continue;
        case 2:
          state -= 5;
          break;
        default:
          break machine;
      }
      if (rounds > 50_000) {
        return -rounds;
      }
    }
    return state * 100 + rounds;
  }
}
