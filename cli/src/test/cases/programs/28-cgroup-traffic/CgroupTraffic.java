import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.CgroupAction;
import org.bpf4j.lang.CgroupConnect4;
import org.bpf4j.lang.CgroupEgressAction;
import org.bpf4j.lang.CgroupSkbContext;
import org.bpf4j.lang.CgroupSkbEgress;
import org.bpf4j.lang.SocketAddress4Context;

/// Counts what a cgroup sends, and sends its connections to other places.
@Bpf(license = "GPL")
public final class CgroupTraffic {

  record Endpoint(int address, int port) {}

  static final AtomicLong packets = new AtomicLong();
  static final AtomicLong bytes = new AtomicLong();
  static final BpfHashMap<Endpoint, Endpoint> redirected = BpfHashMap.create(256);

  @CgroupSkbEgress
  static CgroupEgressAction onSend(CgroupSkbContext ctx) {
    packets.incrementAndGet();
    bytes.addAndGet(ctx.length());
    return CgroupEgressAction.ALLOW;
  }

  @CgroupConnect4
  static CgroupAction onConnect(SocketAddress4Context ctx) {
    Endpoint target = redirected.get(new Endpoint(ctx.address(), ctx.port()));
    if (target != null) {
      ctx.address(target.address());
      ctx.port(target.port());
    }
    return CgroupAction.ALLOW;
  }
}
