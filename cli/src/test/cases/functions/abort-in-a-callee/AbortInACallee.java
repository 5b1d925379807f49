import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class AbortInACallee {

  static int stored;

  @Struct
  static final class Args {
    int a;
    int b;
  }

  private static int inner(int a, int b) {
    stored++;
    int quotient = a / b;
    stored += 10;
    return quotient;
  }

  private static int outer(int a, int b) {
    return inner(a, b) + inner(b, a);
  }

  @Syscall
  static int call(Args args) {
    int result = outer(args.a, args.b);
    stored += 100;
    return result + 1;
  }
}
