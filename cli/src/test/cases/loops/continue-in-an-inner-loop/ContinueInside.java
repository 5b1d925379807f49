import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ContinueInside {

  @Struct
  static final class Args {
    int skipped;
    int sum;
  }

  /// More rounds than a budget of the nested loops would allow: both bounds are constants.
  @Syscall
  static int rounds(Args args) {
    int rounds = 0;
    int outer = 600;
    while (outer-- > 0 && args.skipped < 4) {
      for (int inner = 0; inner < 4; inner++) {
        if (inner == args.skipped) {
          continue;
        }
        rounds++;
      }
    }
    args.sum = rounds;
    return outer;
  }
}
