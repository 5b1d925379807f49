import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ValuesAreCopied {

  @Struct
  static final class Stats {
    int packets;
    long bytes;
  }

  record Limit(int packets, int bytes) {}

  static final BpfHashMap<Integer, Stats> stats = BpfHashMap.create(8);
  static final BpfArray<Limit> limits = BpfArray.create(1);

  @Struct
  static final class Args {
    int key;
  }

  @Syscall
  static int values(Args args) {
    Stats mine = new Stats();
    mine.packets = 1;
    stats.put(args.key, mine);
    mine.packets = 50;
    Stats shared = stats.get(args.key);
    if (shared == null) {
      return -1;
    }
    shared.packets += 10;
    shared.bytes = mine.packets;
    Limit before = limits.get(0);
    limits.put(0, new Limit(shared.packets, 2));
    return before.packets() * 1000 + limits.get(0).packets();
  }
}
