import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Struct;

/// Tells which tasks waited for a CPU longer than they should, and who had it.
@Bpf(license = "GPL")
public final class RunqSlower {

  @KernelStruct
  interface TaskStruct {
    int pid();

    int tgid();

    KernelString comm();

    @Field({"__state", "state"})
    int state();

    @Field("thread_pid")
    Pid identity();
  }

  /// A task's number, on each level of PID namespaces that it is in (`MAX_PID_NS_LEVEL` is 32): a
  /// container is one below.
  @KernelStruct
  interface Pid {
    int level();

    @Embedded
    @Size(33)
    Upid numbers(int level);
  }

  @KernelStruct
  interface Upid {
    int nr();
  }

  @Struct
  static final class Event {
    long waitedUs;
    int thread;
    int threadInContainer;
    int before;
    final BpfString name = BpfString.ofSize(16);
    final BpfString nameBefore = BpfString.ofSize(16);
  }

  static final BpfHashMap<Integer, Long> runnableSince = BpfHashMap.create(10_240);
  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 18);

  @Config static long minUs = 10_000;

  @BtfTracepoint("sched_wakeup")
  static void onWakeup(TaskStruct task) {
    runnableSince.put(task.pid(), Helpers.ktimeGetNs());
  }

  @BtfTracepoint("sched_wakeup_new")
  static void onWakeupOfNew(TaskStruct task) {
    runnableSince.put(task.pid(), Helpers.ktimeGetNs());
  }

  @BtfTracepoint("sched_switch")
  static void onSwitch(boolean preempted, TaskStruct previous, TaskStruct next) {
    if (previous.state() == 0) runnableSince.put(previous.pid(), Helpers.ktimeGetNs());

    int thread = next.pid();
    Long since = runnableSince.get(thread);
    if (since == null) return;
    runnableSince.remove(thread);
    long waited = (Helpers.ktimeGetNs() - since) / 1_000;
    if (waited < minUs) return;

    Event event = events.reserve();
    if (event == null) return;
    event.waitedUs = waited;
    event.thread = thread;
    event.before = previous.pid();
    Pid identity = next.identity();
    event.threadInContainer = identity.numbers(identity.level()).nr();
    next.comm().copyTo(event.name);
    previous.comm().copyTo(event.nameBefore);
    events.submit(event);
  }
}
