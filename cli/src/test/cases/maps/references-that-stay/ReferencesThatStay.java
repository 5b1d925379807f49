import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfPerCpuHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// A reference into a map stays what it is where the map only gets more, and where its values lie
/// in place.
@Bpf(license = "GPL")
public final class ReferencesThatStay {

  @Struct
  static final class Stats {
    int hits;
    final int[] last = new int[4];
  }

  @Struct
  static final class Args {
    int key;
    int other;
  }

  static final BpfHashMap<Integer, Stats> shared = BpfHashMap.create(4);
  static final BpfPerCpuHashMap<Integer, Stats> own = BpfPerCpuHashMap.create(4);

  @Syscall
  static int added(Args args) {
    Stats stats = shared.get(args.key);
    if (stats == null) {
      return -1;
    }
    int[] last = stats.last;
    Stats another = new Stats();
    another.hits = 50;
    boolean fresh = shared.putIfAbsent(args.other, another);
    stats.hits++;
    last[args.other & 3] = 7;
    Stats again = shared.get(args.key);
    return again == null ? -2 : again.hits + again.last[args.other & 3] * 10 + (fresh ? 1_000 : 0);
  }

  @Syscall
  static int replaced(Args args) {
    Stats stats = own.get(args.key);
    if (stats == null) {
      return -1;
    }
    int[] last = stats.last;
    Stats another = new Stats();
    another.hits = 50;
    another.last[1] = 3;
    own.put(args.other, another);
    stats.hits++;
    last[2] += last[1] + 4;
    Stats again = own.get(args.key);
    return again == null ? -2 : again.hits + again.last[2] * 100;
  }
}
