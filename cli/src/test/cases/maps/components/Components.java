import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfComponent;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Components {

  /// Counts by name of what is counted.
  @BpfComponent
  static final class Counters {
    final BpfHashMap<Integer, Long> counts = BpfHashMap.create(8);

    long add(int which, long by) {
      Long before = counts.get(which);
      long after = (before == null ? 0 : before) + by;
      counts.put(which, after);
      return after;
    }

    void clear() {
      counts.forEach((which, count) -> drop(which));
    }

    void drop(int which) {
      counts.remove(which);
    }
  }

  @Struct
  static final class Args {
    int key;
    int most;
  }

  static final Limiter sources = new Limiter();
  static final Limiter targets = new Limiter();
  static final Counters counters = new Counters();

  static boolean both(int key, int most) {
    return sources.admit(key, most) & targets.admit(key + 1, 1);
  }

  @Syscall
  static int admit(Args args) {
    boolean admitted = both(args.key, args.most);
    counters.add(admitted ? 1 : 0, args.most);
    return (admitted ? 100 : 0) + sources.refusals() * 10 + targets.refusals();
  }

  @Syscall
  static int clear(Args args) {
    counters.add(5, 1);
    if (args.key > 0) {
      counters.clear();
    }
    return counters.counts.containsKey(5) ? 1 : 0;
  }
}
