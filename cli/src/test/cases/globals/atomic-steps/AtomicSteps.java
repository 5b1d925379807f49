import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Lambdas that one instruction does, and such that only look so.
@Bpf(license = "GPL")
public final class AtomicSteps {

  @Struct
  static final class Args {
    int a;
    int b;
    long c;
  }

  static final AtomicLong wide = new AtomicLong();
  static final AtomicInteger narrow = new AtomicInteger();

  @Syscall
  static int program(Args args) {
    int a = args.a;
    wide.set(args.c);
    narrow.set(args.b);
    long sum = wide.getAndUpdate(n -> n + a) * 3;
    sum += wide.updateAndGet(n -> n - 2L * a) * 5;
    sum += wide.updateAndGet(n -> a - n) * 7;
    sum += wide.accumulateAndGet(a, Long::sum) * 11;
    sum += wide.accumulateAndGet(a, (x, y) -> x - y) * 13;
    sum += wide.accumulateAndGet(a, (x, y) -> y - x) * 17;
    sum += wide.getAndAccumulate(a, (x, y) -> y ^ x) * 19;
    sum += narrow.updateAndGet(n -> 0x55 | n) * 23;
    sum += narrow.getAndUpdate(n -> n & ~a) * 29;
    sum += narrow.updateAndGet(n -> (byte) (n + a)) * 31;
    sum += narrow.accumulateAndGet(a, (x, y) -> x + x) * 37;
    sum += narrow.accumulateAndGet(a, (x, y) -> x + y * y) * 41;
    for (int i = 0; i < 4; i++) {
      int round = i;
      sum += narrow.updateAndGet(n -> n * 3 + round);
      sum += wide.getAndUpdate(n -> n + round);
    }
    args.c = sum;
    args.b = narrow.get();
    return (int) wide.get();
  }
}
