import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfResilientSpinLock;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;

@Bpf(license = "GPL")
public final class TwoLocks {

  @Struct
  static final class Bucket {
    final BpfSpinLock one = new BpfSpinLock();
    final BpfResilientSpinLock other = new BpfResilientSpinLock();
    long tokens;
  }

  static final BpfHashMap<Integer, Bucket> buckets = BpfHashMap.create(8);

  @Tc
  static TcAction program() {
    Bucket bucket = buckets.get(1);
    if (bucket != null) {
      try (var _ = bucket.one.lock()) {
        bucket.tokens++;
      }
    }
    return TcAction.OK;
  }
}
