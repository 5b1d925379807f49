import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// What ends a loop is named in its condition.
@Bpf(license = "GPL")
public final class ConditionDeclares {

  enum Size {
    SMALL,
    MEDIUM,
    LARGE
  }

  record Limit(int rounds, int weight) {}

  @Struct
  static final class Args {
    int size;
    int rounds;
  }

  static final BpfHashMap<Integer, Limit> limits = BpfHashMap.create(4);

  @Syscall
  static int inSwitch(Args args) {
    Size size = args.size == 0 ? Size.SMALL : Size.LARGE;
    int sum = 0;
    for (int i = 0;
        i
            < switch (size) {
              case SMALL, MEDIUM -> 2;
              case LARGE -> {
                int rounds = args.rounds & 7;
                yield rounds + 1;
              }
            };
        i++) {
      sum += i + 1;
    }
    return sum;
  }

  @Syscall
  static int inPattern(Args args) {
    limits.put(1, new Limit(args.rounds, 10));
    int sum = 0;
    for (int i = 0; limits.get(1) instanceof Limit(int rounds, int weight) && i < rounds; i++) {
      sum += weight + i;
      if (i == 2) {
        limits.remove(1);
      }
    }
    return sum;
  }
}
