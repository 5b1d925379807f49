import static org.bpf4j.lang.Helpers.range;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.LoopBudget;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Loops over numbers from one to another.
@Bpf(license = "GPL")
public final class Ranges {

  @Struct
  static final class Args {
    int from;
    int to;
    long sum;
  }

  static final BpfHashMap<Integer, Integer> squares = BpfHashMap.create(16);

  @Syscall
  static int constant(Args args) {
    int product = 1;
    for (int i : range(1, 8)) {
      product *= i;
    }
    for (int i : range(10)) {
      args.sum += i;
    }
    return product;
  }

  /// The bounds are evaluated once, from left to right, and the variable is each round's own.
  @Syscall
  static int bounds(Args args) {
    int to = args.to & 63;
    int from = args.from & 63;
    int rounds = 0;
    for (int i : range(from = from + 1, to += from)) {
      to = 0;
      from = 0;
      rounds++;
      i *= 2;
      args.sum += i;
    }
    return rounds * 100 + to + from;
  }

  @Syscall
  static int nested(Args args) {
    int found = 0;
    outer:
    for (int a : range(1, 20)) {
      for (var b : range(a, 20)) {
        if (b % 7 == 3) {
          continue outer;
        }
        for (long c : (range(b, 20))) {
          if (c * c == (long) a * a + (long) b * b) {
            found++;
            args.sum += c;
          }
          if (found == 6) {
            break outer;
          }
        }
      }
    }
    return found;
  }

  /// Of ranges that are not known the verifier follows as many rounds as there may be.
  @Syscall
  static int unknown(Args args) {
    int n = 0;
    for (@LoopBudget(5_000) int i : Helpers.range(args.from, args.to)) {
      args.sum += i;
      n++;
    }
    return n;
  }

  @Syscall
  static int search(Args args) {
    for (Integer i : range(200)) {
      if (i * i >= args.to) {
        return i;
      }
      squares.put(i & 7, i * i);
    }
    return -1;
  }
}
