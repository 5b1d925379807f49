import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class SingleBits {

  @Struct
  static final class Args {
    int a;
    int low;
    int high;
    int back;
    long b;
    long wideLow;
    long wideHigh;
    long wideBack;
  }

  @Syscall
  static int pick(Args args) {
    args.low = Integer.lowestOneBit(args.a);
    args.high = Integer.highestOneBit(args.a);
    args.back = Integer.reverse(args.a);
    args.wideLow = Long.lowestOneBit(args.b);
    args.wideHigh = Long.highestOneBit(args.b);
    args.wideBack = Long.reverse(args.b);
    return Integer.reverse(args.back) == args.a ? 1 : 0;
  }
}
