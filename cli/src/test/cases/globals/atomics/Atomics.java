import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Atomics {

  static final AtomicLong total = new AtomicLong();
  static final AtomicInteger state = new AtomicInteger(5);

  @Struct
  static final class Args {
    int a;
    final int[] seen = new int[8];
  }

  @Syscall
  static int all(Args args) {
    args.seen[0] = state.get();
    args.seen[1] = state.incrementAndGet();
    args.seen[2] = state.getAndAdd(args.a);
    args.seen[3] = state.addAndGet(-1);
    args.seen[4] = state.getAndSet(100);
    args.seen[5] = state.compareAndSet(100, 7) ? 1 : 0;
    args.seen[6] = state.compareAndSet(100, 8) ? 1 : 0;
    args.seen[7] = state.getAndDecrement() + state.decrementAndGet();
    total.set(1L << 40);
    total.addAndGet(args.a);
    return (int) total.getAndIncrement();
  }
}
