import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ManyParameters {

  @Struct
  static final class Args {
    int a;
    long b;
  }

  private static long mix(int a, long b, short c, byte d, boolean e, char f, int g) {
    return e ? a + b * c - d : f - g;
  }

  private static int sign(long value) {
    if (value < 0) {
      return -1;
    }
    return value == 0 ? 0 : 1;
  }

  @Syscall
  static int call(Args args) {
    long mixed = mix(args.a, args.b, (short) args.a, (byte) args.b, args.a > 0, (char) args.a, 7);
    return sign(mixed)
        + sign(args.b) * 10
        + sign(mix(0, 0, (short) 0, (byte) 0, false, 'a', 97)) * 100;
  }
}
