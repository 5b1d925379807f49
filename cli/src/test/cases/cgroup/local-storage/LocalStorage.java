import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfCgroupLocalStorage;
import org.bpf4j.lang.BpfPerCpuCgroupLocalStorage;
import org.bpf4j.lang.CgroupEgressAction;
import org.bpf4j.lang.CgroupSkbContext;
import org.bpf4j.lang.CgroupSkbEgress;
import org.bpf4j.lang.Struct;

@Bpf(license = "GPL")
public final class LocalStorage {

  @Struct
  static final class Traffic {
    long packets;
    long bytes;
  }

  static final BpfCgroupLocalStorage<AtomicLong> packets = BpfCgroupLocalStorage.create();
  static final BpfPerCpuCgroupLocalStorage<Traffic> traffic = BpfPerCpuCgroupLocalStorage.create();

  static long seen;

  @CgroupSkbEgress
  static CgroupEgressAction send(CgroupSkbContext ctx) {
    seen = packets.get().incrementAndGet();
    Traffic mine = traffic.get();
    mine.packets++;
    mine.bytes += ctx.length();
    return mine.packets == seen ? CgroupEgressAction.ALLOW : CgroupEgressAction.DENY;
  }

  /// Linux 5.10 adds, but does not say to what.
  @CgroupSkbEgress
  static CgroupEgressAction count(CgroupSkbContext ctx) {
    packets.get().incrementAndGet();
    Traffic mine = traffic.get();
    mine.packets++;
    mine.bytes += ctx.length();
    return CgroupEgressAction.ALLOW;
  }
}
