import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class MinMaxAbs {

  @Struct
  static final class Args {
    int a;
    int b;
    long c;
  }

  @Syscall
  static int extremes(Args args) {
    long most = Math.max(args.a, Math.max(args.b, args.c));
    int least = Math.min(args.a, args.b);
    return Math.abs(args.a) + least + (int) Math.abs(most) + Integer.signum(args.b);
  }
}
