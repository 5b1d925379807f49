import java.util.Objects;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class RoundingAndWideProducts {

  @Struct
  static final class Args {
    long a;
    long b;
    int c;
    int d;
    long result;
  }

  @Syscall
  static int ceilings(Args args) {
    args.result =
        Math.ceilDiv(args.a, args.b) * 31
            + Math.ceilMod(args.a, args.b) * 7
            + Math.ceilDiv(args.a, args.d)
            + Math.ceilMod(args.a, args.d);
    return Math.ceilDiv(args.c, args.d) * 100 + Math.ceilMod(args.c, args.d);
  }

  @Syscall
  static int exactQuotients(Args args) {
    args.result =
        Math.divideExact(args.a, args.b)
            + Math.floorDivExact(args.a, args.b) * 3
            + Math.ceilDivExact(args.a, args.b) * 5;
    return Math.divideExact(args.c, args.d)
        + Math.floorDivExact(args.c, args.d) * 100
        + Math.ceilDivExact(args.c, args.d) * 10_000;
  }

  @Syscall
  static int products(Args args) {
    args.result =
        Math.multiplyHigh(args.a, args.b)
            ^ Math.unsignedMultiplyHigh(args.a, args.b) << 1
            ^ Math.multiplyFull(args.c, args.d) << 2;
    return 1;
  }

  @Syscall
  static int others(Args args) {
    args.result = Long.hashCode(args.a) + Boolean.hashCode(args.a > 0) + Integer.hashCode(args.c);
    return Short.compareUnsigned((short) args.c, (short) args.d) * 1_000
        + Byte.compareUnsigned((byte) args.c, (byte) args.d);
  }

  @Syscall
  static int ranges(Args args) {
    return Objects.checkFromToIndex(args.c, args.d, 10) * 100
                + Objects.checkFromIndexSize(args.a, args.b, 20L)
            > 5
        ? 1
        : 2;
  }
}
