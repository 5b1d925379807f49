import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Structs;

/// Sums the time that soft interrupts take, by kind.
@Bpf(license = "GPL")
public final class SoftIrqs {

  static final int KINDS = 10; // NR_SOFTIRQS

  static final BpfPerCpuArray<Long> began = BpfPerCpuArray.create(1);
  static final AtomicLong[] ns = Structs.fill(new AtomicLong[KINDS], AtomicLong::new);
  static final AtomicLong[] counts = Structs.fill(new AtomicLong[KINDS], AtomicLong::new);

  @BtfTracepoint("softirq_entry")
  static void onEntry(int kind) {
    began.put(0, Helpers.ktimeGetNs());
  }

  @BtfTracepoint("softirq_exit")
  static void onExit(int kind) {
    long since = began.get(0);
    if (since == 0 || kind < 0 || kind >= KINDS) return;
    ns[kind].addAndGet(Helpers.ktimeGetNs() - since);
    counts[kind].incrementAndGet();
  }
}
