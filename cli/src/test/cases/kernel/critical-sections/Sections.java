import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Critical;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;

/// Critical sections, and every way to leave them.
@Bpf(license = "GPL")
public final class Sections {

  @Struct
  static final class Args {
    int way;
    int count;
  }

  static final BpfHashMap<Integer, Long> seen = BpfHashMap.create(16);
  static final int[] odd = {1, 3, 5, 7};
  static int behind;

  /// Out of sections in sections and loops, in each way.
  @Syscall
  static int ways(Args args) {
    int rounds = 0;
    outer:
    for (int i = 0; i < 3; i++) {
      try (var _ = Critical.rcu()) {
        rounds++;
        for (int j = 0; j < 4; j++) {
          try (var _ = Critical.noPreemption();
              var _ = Critical.rcu()) {
            if (args.way == 1) {
              continue outer;
            } else if (args.way == 2) {
              break outer;
            } else if (args.way == 3 && j == 1) {
              continue;
            } else if (args.way == 4) {
              break;
            } else if (args.way == 5) {
              return 50 + rounds;
            }
            rounds += odd[args.way & 15];
          }
          behind++;
        }
        seen.put(i, (long) rounds);
      }
    }
    return rounds;
  }

  /// Results of switch expressions, out of sections that are around them, in them, and both.
  @Syscall
  static int chosen(Args args) {
    try (var _ = Critical.noPreemption()) {
      int result =
          switch (args.way) {
            case 1 -> 5;
            case 2 -> {
              try (var _ = Critical.rcu()) {
                yield 7 + args.count;
              }
            }
            default -> {
              try (var _ = Critical.rcu();
                  var _ = Critical.noPreemption()) {
                if (args.count > 10) {
                  yield 9;
                }
              }
              yield args.count;
            }
          };
      return result * 2;
    }
  }

  private static int pick(int way) {
    try (var _ = Critical.noPreemption()) {
      if (way > 2) {
        return odd[way];
      }
    }
    return -way;
  }

  /// In functions, lambdas and switches.
  @Syscall
  static int nested(Args args) {
    args.count = pick(args.way);
    try (var _ = Critical.rcu()) {
      Helpers.loop(
          3,
          i -> {
            try (var _ = Critical.noPreemption()) {
              behind += i;
              return i < args.way;
            }
          });
    }
    int number =
        switch (args.way) {
          case 0 -> {
            try (var _ = Critical.rcu()) {
              yield 7 + behind;
            }
          }
          default -> 1;
        };
    return number;
  }

  private static int large(int number) {
    int sum = number;
    for (int i = 0; i < 5; i++) {
      try (var _ = Critical.rcu()) {
        sum = sum * 31 + (number ^ i) + (sum >>> 3) * (number + i) - (sum << 1) + (i | number);
        behind += sum & 1;
      }
    }
    return sum;
  }

  /// Functions and lambdas that hold what is held already.
  @Syscall
  static int twice(Args args) {
    int sum = large(args.way);
    try (var _ = Critical.rcu()) {
      sum += large(args.way + 1);
      Helpers.loop(
          2,
          i -> {
            try (var _ = Critical.rcu()) {
              behind += i;
            }
            return true;
          });
      return sum - large(args.way + 1) - large(args.way);
    }
  }

  /// A program that does not sleep.
  @Xdp
  static XdpAction packet() {
    try (var _ = Critical.rcu()) {
      behind = 1;
      try (var _ = Critical.noPreemption()) {
        behind++;
        return XdpAction.DROP;
      }
    }
  }
}
