import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Shifts {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int left(Args args) {
    return args.a << args.b;
  }

  @Syscall
  static int right(Args args) {
    return args.a >> args.b;
  }

  @Syscall
  static int unsignedRight(Args args) {
    return args.a >>> args.b;
  }

  @Syscall
  static int longs(Args args) {
    long a = args.a * 0x1_0000_0001L;
    return (int) ((a << args.b) ^ (a >> args.b) ^ (a >>> args.b));
  }
}
