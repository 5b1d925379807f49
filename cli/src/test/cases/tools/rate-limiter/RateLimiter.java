import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfLpmTrie;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Ipv4Prefix;

/// Limits how many bytes a second each source may send, by a bucket of tokens; networks may have
/// rates of their own.
@Bpf(license = "GPL")
public final class RateLimiter {

  @Struct
  static final class Bucket {
    long tokens;
    long lastNs;
    long dropped;
    final BpfSpinLock lock = new BpfSpinLock();
  }

  static final BpfHashMap<Integer, Bucket> buckets = BpfHashMap.create(65_536);
  static final BpfLpmTrie<Ipv4Prefix, Long> rates = BpfLpmTrie.create(1_024);

  @Config static long bytesPerSecond = 1_000_000;
  @Config static long burstBytes = 100_000;

  @Tc
  static TcAction limit(TcContext ctx) {
    if (ctx.protocol() != EtherType.IPV4) return TcAction.OK;
    Ipv4 ip = ctx.load(Ipv4.class, Ethernet.BYTES);
    if (ip == null) return TcAction.OK;
    int source = ip.source();
    Long own = rates.get(new Ipv4Prefix(32, source));
    long rate = own == null ? bytesPerSecond : own;
    return admit(source, ctx.length(), rate) ? TcAction.OK : TcAction.SHOT;
  }

  static boolean admit(int source, int bytes, long rate) {
    long now = Helpers.ktimeGetNs();
    Bucket bucket = buckets.get(source);
    if (bucket == null) {
      Bucket full = new Bucket();
      full.tokens = burstBytes - bytes;
      full.lastNs = now;
      buckets.putIfAbsent(source, full);
      return true;
    }
    long earned = 0;
    boolean admitted = false;
    try (var _ = bucket.lock.lock()) {
      // after a second everything is earned: no overflow
      long passed = Math.min(now - bucket.lastNs, 1_000_000_000L);
      earned = passed * rate / 1_000_000_000L;
      bucket.tokens = Math.min(burstBytes, bucket.tokens + earned);
      bucket.lastNs = now;
      if (bucket.tokens >= bytes) {
        bucket.tokens -= bytes;
        admitted = true;
      } else {
        bucket.dropped++;
      }
    }
    return admitted;
  }
}
