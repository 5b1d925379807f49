import java.util.Arrays;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Each statement that is refused is reported, wherever it is, and what only follows is not.
@Bpf(license = "GPL")
public final class IndependentStatements {

  @Struct
  static final class Stats {
    int hits;
  }

  @Struct
  static final class Args {
    int x;
    int y;
  }

  static final BpfHashMap<Integer, Stats> all = BpfHashMap.create(16);

  @Syscall
  static int one(Args args) {
    Stats first = all.getOrDefault(args.x, new Stats());
    first.hits++;
    int follows = first.hits;
    if (all.getOrDefault(args.y, new Stats()).hits > follows) {
      int[] some = Arrays.copyOf(new int[4], args.x);
      some[0] = 1;
      return some[1];
    }
    for (int i = 0; i < all.getOrDefault(i, new Stats()).hits; i++) {
      args.y += shared(i);
    }
    int mode;
    switch (all.getOrDefault(7, new Stats()).hits) {
      case 1 -> mode = Arrays.copyOf(new int[4], args.y)[0];
      default -> mode = 5;
    }
    args.x = mode;
    Helpers.loop(
        4,
        i -> {
          int[] inside = Arrays.copyOf(new int[4], i);
          args.y += inside[0];
          return true;
        });
    return all.getOrDefault(8, new Stats()).hits;
  }

  @Syscall
  static int another(Args args) {
    args.x = shared(args.y);
    return args.x;
  }

  private static int shared(int key) {
    return all.getOrDefault(key, new Stats()).hits;
  }
}
