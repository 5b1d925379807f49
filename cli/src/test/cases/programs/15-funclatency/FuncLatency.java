import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Buckets;
import org.bpf4j.lang.CgroupArray;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.Kretprobe;

/// A histogram of how long a function of the kernel takes; which one is chosen when attaching.
@Bpf(license = "GPL")
public final class FuncLatency {

  static final BpfHashMap<Integer, Long> entered = BpfHashMap.create(10_240);
  static final BpfArray<AtomicLong> latencies = BpfArray.create(Buckets.LOG2);
  static final CgroupArray groups = CgroupArray.create(1);

  @Config static int onlyProcess = 0;
  @Config static boolean onlyGroup = false;
  @Config static long unitNs = 1_000;

  @Kprobe("vfs_read")
  static void onEntry() {
    if (onlyGroup && !groups.currentTaskUnderCgroup(0)) return;
    long id = Helpers.getCurrentPidTgid();
    if (onlyProcess != 0 && onlyProcess != (int) (id >>> 32)) return;
    entered.put((int) id, Helpers.ktimeGetNs());
  }

  @Kretprobe("vfs_read")
  static void onReturn() {
    int thread = (int) Helpers.getCurrentPidTgid();
    Long since = entered.get(thread);
    if (since == null) return;
    entered.remove(thread);
    long took = (Helpers.ktimeGetNs() - since) / unitNs;
    latencies.get(Buckets.log2(took)).incrementAndGet();
  }

  /// Measures a function that is named on the command line.
  public static void main(String[] args) throws InterruptedException {
    try (FuncLatencyBpf bpf = FuncLatencyBpf.load()) {
      bpf.onEntry().attach(args[0]);
      bpf.onReturn().attach(args[0]);
      Thread.sleep(10_000);
      System.out.println(org.bpf4j.handle.Histogram.log2(bpf.latencies()));
    }
  }
}
