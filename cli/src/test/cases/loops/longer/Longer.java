import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Counted loops that no verifier follows to their end.
@Bpf(license = "GPL")
public final class Longer {

  @Struct
  static final class Args {
    int x;
    int count;
    final int[] table = new int[64];
  }

  @Syscall
  static int single(Args args) {
    int found = 0;
    for (int i = 0; i < 100_000; i++) {
      if ((args.x ^ i) % 3 == 0) {
        found++;
      }
    }
    return found;
  }

  @Syscall
  static int nested(Args args) {
    int found = 0;
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 200; j++) {
        if ((i * args.x + j) % 7 == 3) {
          found += j;
        }
      }
    }
    return found;
  }

  @Syscall
  static int leaving(Args args) {
    int sum = 0;
    outer:
    for (int i = 0; i < 1_000; i++) {
      for (int j = 0; j < 1_000; j++) {
        if (i * j == args.x) {
          break outer;
        }
        if ((i ^ j) == args.count) {
          continue outer;
        }
        if (j > args.count * 7) {
          return sum;
        }
        args.table[j & 63] += i;
        sum += args.table[i & 63];
      }
    }
    return -sum;
  }

  @Syscall
  static int aborting(Args args) {
    int sum = 0;
    for (int i = 0; i < 1_000_000; i++) {
      sum += args.table[i];
      if (sum > args.x) {
        break;
      }
    }
    return sum;
  }

  @Syscall
  static int indexed(Args args) {
    int sum = 0;
    for (int i = 0; i < 1 << 20; i++) {
      args.table[i % 64] += i;
      if (args.table[(i * 7) & 63] % 2 == 0) {
        sum++;
      }
    }
    return sum;
  }
}
