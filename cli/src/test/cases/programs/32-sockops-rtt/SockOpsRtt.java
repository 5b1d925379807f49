import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Buckets;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.SockOps;
import org.bpf4j.lang.SockOpsContext;
import org.bpf4j.lang.Struct;

/// Measures the round-trip times of a cgroup's TCP connections, and tells what they were when a
/// connection ends.
@Bpf(license = "GPL")
public final class SockOpsRtt {

  static final int AF_INET = 2;
  static final int TCP_CLOSE = 7;

  @Struct
  static final class Closed {
    int localAddress;
    int remoteAddress;
    int localPort;
    int remotePort;
    int smoothedUs;
    int minimumUs;
    int retransmitted;
  }

  static final BpfArray<AtomicLong> timesUs = BpfArray.create(Buckets.LOG2);
  static final RingBuffer<Closed> closed = RingBuffer.ofBytes(1 << 16);

  @SockOps
  static void watch(SockOpsContext ctx) {
    if (ctx.family() != AF_INET) return;
    switch (ctx.operation()) {
      case SockOpsContext.ACTIVE_ESTABLISHED, SockOpsContext.PASSIVE_ESTABLISHED ->
          ctx.setCallbackFlags(SockOpsContext.ON_ROUND_TRIP | SockOpsContext.ON_STATE);
      case SockOpsContext.ROUND_TRIP ->
          timesUs.get(Buckets.log2(ctx.smoothedRoundTrip() >>> 3)).incrementAndGet();
      case SockOpsContext.STATE -> {
        if (ctx.argument1() == TCP_CLOSE) report(ctx);
      }
      default -> {}
    }
  }

  static void report(SockOpsContext ctx) {
    Closed event = closed.reserve();
    if (event == null) return;
    event.localAddress = ctx.localAddress();
    event.remoteAddress = ctx.remoteAddress();
    event.localPort = ctx.localPort();
    event.remotePort = ctx.remotePort();
    event.smoothedUs = ctx.smoothedRoundTrip() >>> 3;
    event.minimumUs = ctx.minimumRoundTrip();
    event.retransmitted = ctx.retransmitted();
    closed.submit(event);
  }
}
