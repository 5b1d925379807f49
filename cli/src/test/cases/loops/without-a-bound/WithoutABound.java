import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class WithoutABound {

  @Struct
  static final class Args {
    long start;
    long steps;
  }

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
  static int squareRoot(Args args) {
    long root = args.start;
    while (root * root > args.start) {
      root = (root + args.start / root) / 2;
    }
    return (int) root;
  }
}
