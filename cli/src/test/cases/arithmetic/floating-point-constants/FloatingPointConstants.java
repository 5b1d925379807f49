import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class FloatingPointConstants {
  static final long SECOND = (long) 1e9;
  static final long HALF = (long) (0.5 * SECOND);
  static final double RATIO = 3;
  static final float TENTH = 1.1f;
  static final int[] ROUNDED = {(int) 1.5, (int) 2.5f};
  @Config static long limit = (long) 2.5e9;
  static long lowest = (long) -1e30;

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int compared(Args args) {
    if (args.b * SECOND > HALF) return (int) 1e3;
    return args.a > (int) 1.5e6 ? 1 : 2;
  }

  @Syscall
  static int fields(Args args) {
    return ROUNDED[args.a & 1] + (int) (limit >> 8) + (int) (lowest >> 40);
  }

  @Syscall
  static int casts(Args args) {
    int sum = (int) (RATIO * 1.5) + (int) (TENTH * 10) + (byte) 300.7 + (char) -1.5;
    sum += (int) (1f / 3 * 3e8f) + (1e3 > 999.9 ? 1 : 0) + (0.0 == -0.0 ? 2 : 0);
    return sum + (int) (0.0 / 0.0) + (int) (7.5 % 2) + (args.a == 0 ? (int) -.9 : 1);
  }
}
