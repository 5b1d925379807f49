import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// The rounds are data: an older verifier must see that each is another state.
@Bpf(license = "GPL")
public final class ForEachInALoop {

  @Struct
  static final class Args {
    int rounds;
    int step;
  }

  static final BpfHashMap<Integer, Long> hash = BpfHashMap.create(16);

  static long sum;

  @Syscall
  static int down(Args args) {
    sum = 0;
    hash.put(args.step, 5L);
    for (int i = args.rounds & 3; i > 0; i--) {
      hash.forEach((key, value) -> sum += key * 31 + value);
      hash.remove(i);
    }
    return (int) sum;
  }

  @Syscall
  static int up(Args args) {
    sum = 0;
    int rounds = args.rounds & 7;
    for (int i = 0; i < rounds; i++) {
      Helpers.loop(3, j -> (sum += j) < 100);
    }
    return (int) sum;
  }

  @Syscall
  static int both(Args args) {
    sum = 0;
    int rounds = args.rounds & 7;
    for (int i = 0; i < rounds; i += args.step & 1 | 1) {
      for (int j = rounds; j > i; j--) {
        hash.forEach((key, value) -> sum++);
      }
    }
    return (int) sum;
  }
}
