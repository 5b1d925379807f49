import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Loops that the kernel calls back in lambdas, with lambdas in them, in functions, and in each
/// other.
@Bpf(license = "GPL", minKernel = "5.17")
public final class CalledBackWithin {

  @Struct
  static final class Args {
    long start;
    int limit;
    int step;
    final int[] table = new int[8];
  }

  @Struct
  static final class Sum {
    long value;
    int rounds;
  }

  static final BpfHashMap<Long, Sum> sums = BpfHashMap.create(8);

  static long log(long number) {
    int log = 0;
    while (number > 1) {
      number /= 2;
      log++;
    }
    return log;
  }

  /// In a lambda.
  @Syscall
  static int lambda(Args args) {
    Sum sum = new Sum();
    sum.value = 1;
    int rounds =
        Helpers.loop(
            args.limit,
            i -> {
              long left = i;
              while (left > 0) {
                left -= args.step;
                sum.rounds++;
              }
              sum.value += log(sum.value + i);
              return sum.value < 1000;
            });
    return (int) sum.value * 100 + sum.rounds + rounds;
  }

  /// A lambda in a loop, with an object of the round and one from before.
  @Syscall
  static int around(Args args) {
    Sum all = new Sum();
    for (long at = args.start; at > 0; at -= args.step) {
      Sum mine = new Sum();
      long seed = at;
      Helpers.loop(
          4,
          i -> {
            mine.value += seed * i;
            all.rounds++;
            return mine.value < 1000;
          });
      all.value += mine.value;
      if (all.rounds > args.limit) {
        break;
      }
    }
    return (int) all.value + all.rounds * 1_000_000;
  }

  /// In the code for each entry of a map; an abort there ends the program.
  @Syscall
  static int entries(Args args) {
    Sum first = new Sum();
    first.value = args.start;
    sums.put(1L, first);
    sums.forEach(
        (key, sum) -> {
          while (sum.value > args.limit) {
            sum.value -= args.step;
            sum.rounds += 100 / args.table[(int) (sum.value & 7)];
          }
        });
    Sum one = sums.get(1L);
    return one == null ? -1 : (int) (one.value * 1000 + one.rounds);
  }

  static int depth3(Args args, long at) {
    int sum = 0;
    for (long c = at; c > 0; c -= args.step) {
      if (c == args.limit) {
        return sum;
      }
      sum += (int) (log(c) * c);
    }
    return -sum;
  }

  static int depth2(Args args, long at) {
    int sum = 0;
    for (long b = at; b > 0; b -= args.step) {
      sum += depth3(args, b);
      if (sum < -100_000) {
        break;
      }
    }
    return sum;
  }

  /// Four loops in each other, of three functions.
  @Syscall
  static int deep(Args args) {
    int sum = 0;
    for (long a = args.start; a > 0; a -= args.step) {
      sum += depth2(args, a);
    }
    return sum;
  }

  /// More loops in each other than there are frames.
  @Syscall
  static int deepest(Args args) {
    int sum = 0;
    for (long a = args.start; a > 0; a -= 2) {
      for (long b = a; b > 0; b -= 2) {
        for (long c = b; c > 0; c -= 2) {
          for (long d = c; d > 0; d -= 2) {
            for (long e = d; e > 0; e -= 2) {
              for (long f = e; f > 0; f -= 2) {
                for (long g = f; g > 0; g -= 2) {
                  for (long h = g; h > 0; h -= 2) {
                    sum += (int) (a ^ b ^ c ^ d ^ e ^ f ^ g ^ h);
                  }
                }
              }
            }
          }
        }
      }
    }
    return sum;
  }

  /// Loops one after the other, of which one begins with what another has left.
  @Syscall
  static int chain(Args args) {
    long at = args.start;
    int rounds = 0;
    while (at > args.limit) {
      at -= args.step;
      rounds++;
    }
    int before = rounds;
    while (at < args.start) {
      at += args.step * 2L;
      rounds++;
    }
    int value = rounds == before ? 0 : (int) (at - args.start);
    do {
      value += before - rounds;
      rounds--;
    } while (rounds > 0);
    return value;
  }
}
