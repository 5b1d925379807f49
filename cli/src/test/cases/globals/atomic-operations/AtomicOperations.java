import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class AtomicOperations {

  @Struct
  static final class Args {
    int a;
    int b;
    long sum;
  }

  static final AtomicInteger small = new AtomicInteger();
  static final AtomicLong large = new AtomicLong();

  @Syscall
  static int all(Args args) {
    small.setRelease(args.a);
    large.lazySet(args.b);
    long sum = small.getAcquire() + 3 * large.getAcquire();
    small.setOpaque(small.getPlain() + 1);
    large.setPlain(large.getOpaque() - 1);
    sum = sum * 31 + small.compareAndExchange(args.a + 1, 100);
    sum = sum * 31 + small.compareAndExchangeAcquire(7, 200);
    sum = sum * 31 + large.compareAndExchangeRelease(args.b - 1, -5L);
    sum = sum * 31 + (small.weakCompareAndSetPlain(100, 101) ? 1 : 0);
    sum = sum * 31 + (small.weakCompareAndSetVolatile(100, 102) ? 1 : 0);
    sum = sum * 31 + (large.weakCompareAndSetAcquire(-5, -6) ? 1 : 0);
    sum = sum * 31 + (large.weakCompareAndSetRelease(-6, 1L << 40) ? 1 : 0);
    sum = sum * 31 + large.intValue() + small.longValue() + large.longValue() + small.intValue();
    args.sum = sum;
    return small.get();
  }
}
