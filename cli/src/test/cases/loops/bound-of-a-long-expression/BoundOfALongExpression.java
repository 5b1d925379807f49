import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// The mask at the end of a long computation bounds the rounds.
@Bpf(license = "GPL")
public final class BoundOfALongExpression {

  @Struct
  static final class Args {
    long l;
    int i;
    int n;
  }

  static long seen;
  static int other;

  @Syscall
  static int zeroes(Args args) {
    int n = 0;
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < (Long.numberOfLeadingZeros(args.l + seen) & 3); i++) {
        int part = Integer.remainderUnsigned(args.n ^ i, args.i);
        n += part > 3 ? other : part;
        seen += n < 5 ? 1 : 2;
        other -= args.n > i ? 3 : n;
      }
    }
    return n;
  }

  @Syscall
  static int plain(Args args) {
    int n = 0;
    for (int i = 0; i < (args.n & 3); i++) {
      n += args.i;
    }
    return n;
  }
}
