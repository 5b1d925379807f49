import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Loop {

  @Struct
  static final class Args {
    int count;
    int limit;
    int rounds;
    int sum;
  }

  static int total;

  @Syscall
  static int run(Args args) {
    total = 0;
    int limit = args.limit;
    args.rounds =
        Helpers.loop(
            args.count,
            i -> {
              if (i % 3 == 1) {
                return true;
              }
              total += i;
              return total < limit;
            });
    args.sum = total;
    return Helpers.loop(args.count, i -> i * i < limit);
  }
}
