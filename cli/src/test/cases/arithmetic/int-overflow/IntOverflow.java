import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class IntOverflow {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int add(Args args) {
    return args.a + args.b;
  }

  @Syscall
  static int subtract(Args args) {
    return args.a - args.b;
  }

  @Syscall
  static int multiply(Args args) {
    return args.a * args.b;
  }

  @Syscall
  static int negate(Args args) {
    return -args.a;
  }
}
