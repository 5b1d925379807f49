import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Comparisons {

  @Struct
  static final class Args {
    int a;
    int b;
    long c;
  }

  @Syscall
  static int compare(Args args) {
    int bits = args.a < args.b ? 1 : 0;
    bits |= args.a <= args.b ? 2 : 0;
    bits |= args.a > args.b ? 4 : 0;
    bits |= args.a >= args.b ? 8 : 0;
    bits |= args.a == args.b ? 16 : 0;
    bits |= args.a != args.b ? 32 : 0;
    bits |= args.a < args.c ? 64 : 0;
    bits |= args.c == args.b ? 128 : 0;
    return bits;
  }
}
