import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Budget {

  @Struct
  static final class Args {
    long start;
    long steps;
  }

  static long reached;

  @Syscall
  static int collatz(Args args) {
    long value = args.start;
    int steps = 0;
    while (value != 1) {
      value = (value & 1) == 0 ? value / 2 : value * 3 + 1;
      steps++;
    }
    args.steps = steps;
    return steps;
  }

  @Syscall
  static int forever(Args args) {
    long value = args.start;
    while (value != 1) {
      value += 2;
      reached = value;
    }
    return 1;
  }
}
