import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class TernaryPromotion {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int choose(Args args) {
    byte small = (byte) args.a;
    long wide = args.a > args.b ? small : args.b * 2L;
    int chosen = args.b == 0 ? 'a' : args.a == 0 ? small : (short) args.b;
    return (int) (wide >> 1) + chosen;
  }
}
