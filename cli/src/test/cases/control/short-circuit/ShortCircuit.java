import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ShortCircuit {

  static int calls;

  @Struct
  static final class Args {
    int a;
    int b;
  }

  private static boolean positive(int value) {
    calls++;
    return value > 0;
  }

  @Syscall
  static int both(Args args) {
    return positive(args.a) && positive(args.b) ? 1 : 0;
  }

  @Syscall
  static int either(Args args) {
    return positive(args.a) || positive(args.b) ? 1 : 0;
  }

  @Syscall
  static int always(Args args) {
    return positive(args.a) & positive(args.b) | !positive(args.a) ? 1 : 0;
  }
}
