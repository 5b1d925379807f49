import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.LoopBudget;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL", minKernel = "5.15")
public final class LoopTooLong {

  @Struct
  static final class Args {
    int x;
  }

  @Syscall
  static int counted(Args args) {
    int found = 0;
    for (int i = 0; i < 100_000; i++) {
      if ((args.x ^ i) % 3 == 0) {
        found++;
      }
    }
    return found;
  }

  @Syscall
  static int stated(Args args) {
    int steps = 0;
    for (@LoopBudget(1_000_000) long n = args.x; n != 1; n = n % 2 == 0 ? n / 2 : 3 * n + 1) {
      steps++;
    }
    return steps;
  }
}
