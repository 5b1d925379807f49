import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Buckets;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;

/// A histogram of how long tasks that could run wait for a CPU.
@Bpf(license = "GPL")
public final class RunqLat {

  static final int TASK_RUNNING = 0;

  @KernelStruct
  interface TaskStruct {
    int pid();

    int tgid();

    /// Renamed in Linux 5.14.
    @Field({"__state", "state"})
    int state();
  }

  static final BpfHashMap<Integer, Long> runnableSince = BpfHashMap.create(10_240);
  static final BpfArray<AtomicLong> waits = BpfArray.create(Buckets.LOG2);

  @Config static int onlyProcess = 0;

  @BtfTracepoint("sched_wakeup")
  static void onWakeup(TaskStruct task) {
    enqueue(task);
  }

  @BtfTracepoint("sched_wakeup_new")
  static void onWakeupOfNew(TaskStruct task) {
    enqueue(task);
  }

  @BtfTracepoint("sched_switch")
  static void onSwitch(boolean preempted, TaskStruct previous, TaskStruct next) {
    if (previous.state() == TASK_RUNNING) enqueue(previous);

    int thread = next.pid();
    Long since = runnableSince.get(thread);
    if (since == null) return;
    long waited = Helpers.ktimeGetNs() - since;
    runnableSince.remove(thread);
    if (waited >= 0) waits.get(Buckets.log2(waited / 1_000)).incrementAndGet();
  }

  static void enqueue(TaskStruct task) {
    int thread = task.pid();
    if (thread == 0 || onlyProcess != 0 && onlyProcess != task.tgid()) return;
    runnableSince.put(thread, Helpers.ktimeGetNs());
  }
}
