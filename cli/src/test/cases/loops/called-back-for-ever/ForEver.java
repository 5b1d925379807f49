import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// The kernel calls back eight million times at most.
@Bpf(license = "GPL", minKernel = "6.1")
public final class ForEver {

  @Struct
  static final class Args {
    long at;
    int step;
    int outer;
  }

  static boolean ended;

  @Syscall
  static int forever(Args args) {
    while (args.step != 0) {
      args.at += args.step;
    }
    ended = true;
    return 1;
  }

  /// Without a way out.
  @Syscall
  static int noWay(Args args) {
    while (true) {
      args.at += args.step;
    }
  }

  /// The rounds of the inner loop are counted anew for each of the outer one.
  @Syscall
  static int nested(Args args) {
    for (int i = 0; i < args.outer; i++) {
      long left = args.at;
      while (left != 0) {
        left -= args.step;
      }
    }
    ended = true;
    return 2;
  }
}
