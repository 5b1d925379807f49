import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfArrayOfMaps;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfHashOfMaps;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class MapsOfMaps {

  @Struct
  static final class Usage {
    long bytes;
    int calls;
  }

  record Tenant(int id, int zone) {}

  static final BpfHashOfMaps<Tenant, BpfHashMap<Integer, Usage>> tenants =
      BpfHashOfMaps.create(8, BpfHashMap.create(2));
  static final BpfArrayOfMaps<BpfArray<Long>> counters =
      BpfArrayOfMaps.create(4, BpfArray.create(3));

  @Struct
  static final class Args {
    int tenant;
    int key;
    long total;
  }

  @Syscall
  static int use(Args args) {
    BpfHashMap<Integer, Usage> usages = tenants.get(new Tenant(args.tenant, 7));
    if (usages == null) {
      return -1;
    }
    Usage usage = usages.get(args.key);
    if (usage == null) {
      Usage fresh = new Usage();
      fresh.calls = 1;
      return usages.put(args.key, fresh) ? 0 : -2;
    }
    usage.calls++;
    usage.bytes += 100;
    args.total = usage.bytes * 10 + usage.calls;
    return 1;
  }

  @Syscall
  static int count(Args args) {
    BpfArray<Long> counter = counters.get(args.tenant);
    if (counter == null) {
      return -1;
    }
    counter.put(args.key, counter.get(args.key) + 5);
    args.total = counter.get(args.key);
    return 0;
  }
}
