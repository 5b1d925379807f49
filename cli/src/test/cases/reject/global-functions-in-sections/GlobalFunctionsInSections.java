import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Critical;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL", minKernel = "6.12")
public final class GlobalFunctionsInSections {

  @Struct
  static final class Args {
    int a;
  }

  @BpfFunction(global = true)
  static int twice(int a) {
    return a * 2;
  }

  private static int sum(int a) {
    int sum = 0;
    for (int i = 0; i < (a & 7); i++) {
      sum += twice(i);
    }
    return sum;
  }

  @Syscall
  static int direct(Args args) {
    try (var _ = Critical.noPreemption()) {
      return twice(args.a);
    }
  }

  @Syscall
  static int through(Args args) {
    try (var _ = Critical.noPreemption()) {
      return sum(args.a) + sum(args.a + 1);
    }
  }

  @Syscall
  static int behind(Args args) {
    int a;
    try (var _ = Critical.noPreemption()) {
      a = args.a;
    }
    return twice(a);
  }
}
