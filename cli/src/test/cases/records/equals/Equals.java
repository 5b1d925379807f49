import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Equals {

  record Flow(int source, short port) {}

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int compare(Args args) {
    Flow left = new Flow(args.a, (short) args.b);
    Flow right = new Flow(args.b, (short) args.a);
    return left.equals(right) ? 1 : left.equals(new Flow(args.a, (short) args.b)) ? 2 : 3;
  }
}
