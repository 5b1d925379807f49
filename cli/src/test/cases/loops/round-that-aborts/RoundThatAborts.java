import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// A way through a round surely aborts, and behind that is an update that would be tried again.
@Bpf(license = "GPL")
public final class RoundThatAborts {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  static final BpfArray<AtomicLong> counters = BpfArray.create(4);
  static int zero;

  private static int mixed(int a) {
    int sum = a;
    if (a > 3) {
      sum *= 5;
    } else {
      sum %= 1000 / (byte) 65536;
      sum += (int) counters.get(1).updateAndGet(x -> x * 3 + 1);
    }
    return sum;
  }

  @Syscall
  static int rounds(Args args) {
    int sum = 0;
    for (int i = 0; i < 3; i++) {
      sum +=
          switch ((args.b >> i) & 3) {
            case 0 -> 1;
            case 1, 3 -> args.b;
            default -> mixed(args.a + i);
          };
    }
    return sum;
  }
}
