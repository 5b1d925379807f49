import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class LongArithmetic {

  @Struct
  static final class Args {
    long a;
    long b;
    long result;
  }

  @Syscall
  static int combine(Args args) {
    long product = args.a * args.b;
    args.result = product + (args.a ^ args.b) - (args.a & ~args.b);
    return product > args.a ? 1 : product == args.a ? 0 : -1;
  }
}
