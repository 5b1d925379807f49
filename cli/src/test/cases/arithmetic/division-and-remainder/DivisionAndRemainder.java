import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class DivisionAndRemainder {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int divide(Args args) {
    return args.a / args.b;
  }

  @Syscall
  static int remainder(Args args) {
    return args.a % args.b;
  }

  @Syscall
  static int bySeven(Args args) {
    return args.a / 7 * 1000 + args.a % 7;
  }

  @Syscall
  static int longs(Args args) {
    long a = args.a * 4_000_000_000L;
    return (int) (a / args.b % 1_000_003);
  }
}
