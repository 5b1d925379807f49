import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class UnsignedIntrinsics {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int divide(Args args) {
    return Integer.divideUnsigned(args.a, args.b);
  }

  @Syscall
  static int remainder(Args args) {
    return Integer.remainderUnsigned(args.a, args.b);
  }

  @Syscall
  static int compare(Args args) {
    return Integer.compareUnsigned(args.a, args.b);
  }

  @Syscall
  static int widen(Args args) {
    long a = Integer.toUnsignedLong(args.a);
    return (int) (a / 3) + Byte.toUnsignedInt((byte) args.b);
  }
}
