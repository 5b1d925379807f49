import static java.lang.Math.max;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ComputedConstants {
  static final int SIZE = 48;
  static final int SLOTS = Integer.highestOneBit(SIZE - 1) << 1;
  static final int SHIFT = Integer.numberOfTrailingZeros(SLOTS);
  static final int LARGEST = max(SIZE, Math.floorMod(-7, 100));
  static final int PARSED = Integer.parseInt("7f", 16);
  static final long ROUNDED = Math.round(2.5 * SIZE);
  static final Duration PATIENCE = Duration.ofSeconds(30).plusMillis(5);
  static final long WINDOW = PATIENCE.dividedBy(2).toNanos();
  static final long TIMEOUT = TimeUnit.MINUTES.toNanos(5);
  static final BpfArray<Long> counts = BpfArray.create(Math.min(SLOTS, 1_000));
  @Config static long grace = Duration.ofMillis(250).toNanos();

  enum Unit {
    MILLIS(1),
    SECONDS(1_000);

    final long nanos;
    final int bits;

    Unit(int millis) {
      nanos = TimeUnit.MILLISECONDS.toNanos(Math.max(millis, 2));
      bits = Long.bitCount(nanos);
    }
  }

  record Share(int percent) {
    Share {
      percent = Math.clamp(percent, 0, 100);
    }
  }

  static final Share SHARE = new Share(120);

  @Struct
  static final class Args {
    int a;
    int b;
    long window;
    long timeout;
    long grace;
  }

  @Syscall
  static int sizes(Args args) {
    int[] local = new int[Math.max(4, SHIFT)];
    local[args.a] = SHIFT;
    counts.put(args.a + 60, 5L);
    return SLOTS + SHIFT * 1_000 + LARGEST * 100_000 + local[args.a] + local.length;
  }

  @Syscall
  static int times(Args args) {
    args.window = WINDOW;
    args.timeout = TIMEOUT + PATIENCE.toMillis();
    args.grace = grace + TimeUnit.MICROSECONDS.toNanos(3);
    return (int) ROUNDED + PARSED * 1_000 + SHARE.percent() * 1_000_000;
  }

  @Syscall
  static int units(Args args) {
    Unit unit = Unit.values()[args.a];
    args.window = unit.nanos;
    return unit.bits + Math.max(3, 4) + Math.abs(-5) + Integer.bitCount(255);
  }

  /** What throws is no constant: the program aborts, as Java throws. */
  @Syscall
  static int overflows(Args args) {
    return args.a == 0 ? 7 : Math.addExact(Integer.MAX_VALUE, 1);
  }
}
