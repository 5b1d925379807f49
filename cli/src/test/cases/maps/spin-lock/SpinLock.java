import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;

@Bpf(license = "GPL")
public final class SpinLock {

  @Struct
  static final class Bucket {
    long tokens;
    int divisor;
    final BpfSpinLock lock = new BpfSpinLock();
    int taken;
  }

  static final BpfHashMap<Integer, Bucket> buckets = BpfHashMap.create(16);
  static final BpfArray<Bucket> all = BpfArray.create(2);

  static boolean admit(int source) {
    Bucket b = buckets.get(source);
    if (b == null) {
      Bucket fresh = new Bucket();
      fresh.tokens = 1;
      fresh.divisor = 2;
      buckets.put(source, fresh);
      return true;
    }
    try (var _ = b.lock.lock()) {
      b.tokens = Math.min(5, b.tokens);
      if (b.tokens == 0) {
        return false;
      }
      b.tokens--;
      b.taken += 10 / b.divisor;
      return true;
    }
  }

  @Xdp
  static XdpAction limit(XdpContext ctx) {
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) {
      return XdpAction.PASS;
    }
    return admit(ip.source()) ? XdpAction.PASS : XdpAction.DROP;
  }

  @Xdp
  static XdpAction sum() {
    int rounds = 0;
    for (int i = 0; i < 4; i++) {
      Bucket b = all.get(i & 1);
      try (var _ = b.lock.lock()) {
        if (b.taken > 1) {
          b.tokens = 100;
          break;
        }
        b.taken++;
        if (i == 1) {
          continue;
        }
        b.divisor++;
      }
      rounds++;
    }
    return rounds == 3 ? XdpAction.PASS : XdpAction.DROP;
  }
}
