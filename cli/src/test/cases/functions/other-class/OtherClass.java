import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class OtherClass {

  @Struct
  static final class Args {
    int a;
    long b;
  }

  @Syscall
  static int call(Args args) {
    Measure measure = new Measure();
    measure.low = args.a;
    Arithmetic.widen(measure, args.b);
    return Arithmetic.clamp(args.a, -10, 10) + (int) (measure.high - measure.low);
  }
}
