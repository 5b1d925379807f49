import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Buckets;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Uprobe;
import org.bpf4j.lang.Uretprobe;

/// Measures how long a Java virtual machine stops its threads to collect garbage: the operation of
/// HotSpot that collects for the serial collector, as any other function that is named.
@Bpf(license = "GPL")
public final class GcPauses {

  @Struct
  static final class Pause {
    long startedNs;
    long tookNs;
    int process;
    int thread;
  }

  static final BpfHashMap<Long, Long> begun = BpfHashMap.create(1_024);
  static final BpfArray<AtomicLong> pausesUs = BpfArray.create(Buckets.LOG2);
  static final PerfEventArray<Pause> pauses = PerfEventArray.create();

  @Config static long minNs = 0;

  @Uprobe(binary = "libjvm.so", function = "_ZN15VM_GC_Operation4doitEv")
  static void onBegin() {
    begun.put(Helpers.getCurrentPidTgid(), Helpers.ktimeGetNs());
  }

  @Uretprobe(binary = "libjvm.so", function = "_ZN15VM_GC_Operation4doitEv")
  static void onEnd() {
    long id = Helpers.getCurrentPidTgid();
    Long since = begun.get(id);
    if (since == null) return;
    begun.remove(id);
    long took = Helpers.ktimeGetNs() - since;
    pausesUs.get(Buckets.log2(took / 1_000)).incrementAndGet();
    if (took < minNs) return;

    Pause pause = new Pause();
    pause.startedNs = since;
    pause.tookNs = took;
    pause.process = (int) (id >>> 32);
    pause.thread = (int) id;
    pauses.output(pause);
  }
}
