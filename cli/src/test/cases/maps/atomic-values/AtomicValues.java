import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class AtomicValues {

  static final BpfArray<AtomicLong> counters = BpfArray.create(2);
  static final BpfHashMap<Integer, AtomicInteger> byLength = BpfHashMap.create(4);

  @Xdp
  static XdpAction count(XdpContext context) {
    counters.get(0).incrementAndGet();
    long total = counters.get(1).addAndGet(context.length());
    AtomicInteger seen = byLength.get(context.length());
    if (seen != null && seen.getAndIncrement() > 0) {
      return XdpAction.DROP;
    }
    return total > 50 ? XdpAction.TX : XdpAction.PASS;
  }
}
