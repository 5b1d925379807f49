import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// A flag that each round negates.
@Bpf(license = "GPL")
public final class Flips {
  @Struct
  static final class Args {
    long n;
    int steps;
  }

  @Syscall
  static int flip(Args args) {
    boolean odd = false;
    long i = 0;
    while (i < args.n) {
      if (odd) {
        args.steps++;
      }
      odd = !odd;
      i++;
    }
    return odd ? 1 : 0;
  }
}
