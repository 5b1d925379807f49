import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Critical;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;

/// Sections in which nothing else runs, in one another.
@Bpf(license = "GPL")
public final class NoInterrupts {

  @Struct
  static final class Args {
    int way;
  }

  static final int[] powers = {1, 10, 100};
  static int sum;

  @Syscall
  static int add(Args args) {
    for (int i = 0; i < 3; i++) {
      try (var _ = Critical.noInterrupts()) {
        sum += powers[i];
        if (args.way == 1) {
          continue;
        }
        try (var _ = Critical.noPreemption();
            var _ = Critical.noInterrupts()) {
          sum += powers[args.way];
          if (args.way == 2) {
            return sum;
          }
        }
        sum++;
      }
    }
    return sum;
  }

  @Tc
  static TcAction packet() {
    try (var _ = Critical.noInterrupts()) {
      sum = 4;
    }
    return TcAction.OK;
  }
}
