import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class NestedCallbacks {

  @Struct
  static final class Args {
    int outer;
    int inner;
    long sum;
  }

  /// Called with a lambda in it, from a lambda.
  private static void addAll(long[] sum, int count, int factor) {
    Helpers.loop(
        count,
        j -> {
          for (int k = 0; k < 3; k++) {
            if (k == 2 && j == 1) {
              continue;
            }
            sum[0] += (long) factor * j + k;
          }
          return true;
        });
  }

  @Syscall
  static int run(Args args) {
    long[] sum = new long[1];
    int inner = args.inner;
    int rounds =
        Helpers.loop(
            args.outer,
            i -> {
              addAll(sum, inner, i);
              addAll(sum, 2, 100);
              return sum[0] < 100_000;
            });
    args.sum = sum[0];
    return rounds;
  }
}
