import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ExactOfOne {

  @Struct
  static final class Args {
    int a;
    int done;
    long b;
  }

  @Syscall
  static int ints(Args args) {
    int sum = Math.incrementExact(args.a);
    args.done++;
    sum += Math.decrementExact(args.a);
    args.done++;
    sum += 10 * Math.negateExact(args.a);
    args.done++;
    return sum + 100 * Math.absExact(args.a);
  }

  @Syscall
  static int longs(Args args) {
    long sum = Math.incrementExact(args.b);
    args.done++;
    sum += Math.decrementExact(args.b);
    args.done++;
    sum += 10 * Math.negateExact(args.b);
    args.done++;
    return (int) (sum + 100 * Math.absExact(args.b));
  }
}
