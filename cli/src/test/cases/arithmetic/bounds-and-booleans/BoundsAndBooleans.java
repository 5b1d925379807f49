import java.util.Objects;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class BoundsAndBooleans {

  @Struct
  static final class Args {
    int a;
    int least;
    long b;
    int most;
    boolean x;
    boolean y;
  }

  static final BpfHashMap<Integer, Long> numbers = BpfHashMap.create(4);
  static final int[] table = {10, 20, 30, 40};

  @Syscall
  static int clamp(Args args) {
    long wide = Math.clamp(args.b, (long) args.least, (long) args.most);
    return Math.clamp(args.a, args.least, args.most) * 1000 + (int) wide;
  }

  @Syscall
  static int index(Args args) {
    return table[Objects.checkIndex(args.a, 3)];
  }

  @Syscall
  static int booleans(Args args) {
    int all = Boolean.logicalAnd(args.x, args.y) ? 1 : 0;
    all += Boolean.logicalOr(args.x, args.y) ? 2 : 0;
    all += Boolean.logicalXor(args.x, args.y) ? 4 : 0;
    return all * 10 + Boolean.compare(args.x, args.y);
  }

  @Syscall
  static int box(Args args) {
    numbers.put(1, args.b);
    Long number = numbers.get(1);
    return number == null ? -1 : number.intValue() + number.shortValue() + (int) number.longValue();
  }
}
