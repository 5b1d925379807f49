import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class AtomicUpdates {

  @Struct
  static final class Args {
    int value;
    int bits;
    long greatest;
  }

  @Struct
  static final class Seen {
    final AtomicInteger bits = new AtomicInteger();
    final AtomicLong greatest = new AtomicLong();
  }

  static final BpfHashMap<Integer, Seen> all = BpfHashMap.create(4);
  static final AtomicLong count = new AtomicLong();

  @Syscall
  static int update(Args args) {
    Seen seen = all.get(1);
    if (seen == null) {
      return -1;
    }
    int value = args.value;
    args.bits = seen.bits.accumulateAndGet(1 << (value & 31), (a, b) -> a | b);
    args.greatest = seen.greatest.getAndAccumulate(value, Math::max);
    long after =
        count.updateAndGet(
            n -> {
              if (n > 10) {
                return 0;
              }
              return n + value;
            });
    int before = seen.bits.getAndUpdate(n -> n ^ 0x40);
    AtomicInteger local = new Seen().bits;
    Helpers.loop(5, i -> local.updateAndGet(n -> 2 * n + i) < 20);
    return (int) after * 1000 + before % 100 + local.get();
  }
}
