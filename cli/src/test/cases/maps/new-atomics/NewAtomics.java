import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class NewAtomics {

  @Struct
  static final class Histogram {
    final AtomicInteger total = new AtomicInteger();
    final AtomicLong[] slots = Structs.fill(new AtomicLong[4], AtomicLong::new);
    final AtomicInteger[] pair = {new AtomicInteger(), new AtomicInteger()};
  }

  static final BpfHashMap<Integer, AtomicLong> counts = BpfHashMap.create(8);
  static final BpfHashMap<Integer, Histogram> histograms = BpfHashMap.create(8);
  static final AtomicInteger[] globals = Structs.fill(new AtomicInteger[3], AtomicInteger::new);

  @Syscall
  static int count(Args args) {
    AtomicLong count = counts.get(args.key);
    if (count == null) {
      counts.put(args.key, new AtomicLong(args.slot + 100));
    } else {
      count.incrementAndGet();
    }
    histograms.putIfAbsent(args.key, new Histogram());
    Histogram histogram = histograms.get(args.key);
    if (histogram == null) {
      return -1;
    }
    histogram.slots[args.slot].addAndGet(10);
    histogram.pair[args.slot & 1].incrementAndGet();
    globals[1].addAndGet(args.slot);

    AtomicInteger local = new AtomicInteger();
    AtomicLong[] some = {new AtomicLong(5), new AtomicLong(args.slot)};
    for (AtomicLong one : some) {
      local.addAndGet((int) one.get());
    }
    return local.get() + histogram.total.incrementAndGet();
  }

  @Struct
  static final class Args {
    int key;
    int slot;
  }
}
