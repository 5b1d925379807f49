import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class LockInAnLruMap {
  @Struct
  static final class Bucket {
    long tokens;
    final BpfSpinLock lock = new BpfSpinLock();
  }

  static final BpfLruHashMap<Integer, Bucket> buckets = BpfLruHashMap.create(8);

  @Xdp
  static XdpAction program() {
    return buckets.containsKey(1) ? XdpAction.DROP : XdpAction.PASS;
  }
}
