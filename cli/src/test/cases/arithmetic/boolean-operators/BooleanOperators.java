import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class BooleanOperators {

  @Struct
  static final class Args {
    boolean a;
    boolean b;
  }

  @Syscall
  static int truth(Args args) {
    int bits = args.a & args.b ? 1 : 0;
    bits |= args.a | args.b ? 2 : 0;
    bits |= args.a ^ args.b ? 4 : 0;
    bits |= !args.a ? 8 : 0;
    bits |= args.a == args.b ? 16 : 0;
    boolean c = args.a;
    c &= args.b;
    c ^= true;
    args.b = c;
    return bits;
  }
}
