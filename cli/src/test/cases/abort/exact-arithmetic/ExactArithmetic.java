import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ExactArithmetic {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int add(Args args) {
    return Math.addExact(args.a, args.b);
  }

  @Syscall
  static int subtract(Args args) {
    return Math.subtractExact(args.a, args.b);
  }

  @Syscall
  static int multiply(Args args) {
    return Math.multiplyExact(args.a, args.b);
  }

  @Syscall
  static int longs(Args args) {
    long square = Math.multiplyExact(args.a * 3_000_000_000L, args.b + 0L);
    return Math.toIntExact(Math.addExact(square, 1L));
  }
}
