import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class NarrowedConstant {

  @Struct
  static final class Args {
    int sum;
    int product;
  }

  @Syscall
  static int add(Args args) {
    args.sum += (int) Integer.toUnsignedLong(15);
    args.product *= (int) (0x1_0000_0007L | Integer.toUnsignedLong(-8));
    return (int) Integer.toUnsignedLong(-1) - args.sum;
  }
}
