import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class LockOfALocal {
  @Struct
  static final class Bucket {
    long tokens;
    final BpfSpinLock lock = new BpfSpinLock();
  }

  @Xdp
  static XdpAction program() {
    Bucket b = new Bucket();
    try (var _ = b.lock.lock()) {
      b.tokens++;
    }
    return XdpAction.PASS;
  }
}
