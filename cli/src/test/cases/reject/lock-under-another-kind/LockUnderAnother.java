import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfResilientSpinLock;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;

@Bpf(license = "GPL")
public final class LockUnderAnother {

  @Struct
  static final class Bucket {
    final BpfSpinLock lock = new BpfSpinLock();
    long tokens;
  }

  @Struct
  static final class Total {
    final BpfResilientSpinLock lock = new BpfResilientSpinLock();
    long tokens;
  }

  static final BpfHashMap<Integer, Bucket> buckets = BpfHashMap.create(8);
  static final BpfHashMap<Integer, Total> totals = BpfHashMap.create(8);

  @Tc
  static TcAction program() {
    Bucket bucket = buckets.get(1);
    Total total = totals.get(1);
    if (bucket != null && total != null) {
      try (var _ = total.lock.lock()) {
        total.tokens++;
        try (var _ = bucket.lock.lock()) {
          bucket.tokens++;
        }
      }
    }
    return TcAction.OK;
  }
}
