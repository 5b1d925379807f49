import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class CallUnderALock {
  @Struct
  static final class Bucket {
    long tokens;
    final BpfSpinLock lock = new BpfSpinLock();
  }

  static final BpfHashMap<Integer, Bucket> buckets = BpfHashMap.create(8);

  @Xdp
  static XdpAction program() {
    Bucket b = buckets.get(1);
    if (b != null) {
      try (var _ = b.lock.lock()) {
        b.tokens = Helpers.ktimeGetNs();
      }
    }
    return XdpAction.PASS;
  }
}
