import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class BitIntrinsics {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int count(Args args) {
    return Integer.bitCount(args.a) * 10_000
        + Integer.numberOfLeadingZeros(args.a) * 100
        + Integer.numberOfTrailingZeros(args.a);
  }

  @Syscall
  static int rotate(Args args) {
    return Integer.rotateLeft(args.a, args.b) ^ Integer.rotateRight(args.a, 3);
  }

  @Syscall
  static int swap(Args args) {
    return Integer.reverseBytes(args.a) + Short.reverseBytes((short) args.b);
  }
}
