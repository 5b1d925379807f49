import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

/// Tells when processes execute a program and when they end, and how long they lived.
@Bpf(license = "GPL")
public final class ProcessLifetimes {

  /// The begin of a process, or its end.
  @Struct
  static final class Event {
    int process;
    int parent;
    boolean ended;
    int exitCode;
    long livedNs;
    final BpfString name = BpfString.ofSize(16);
    final BpfString path = BpfString.ofSize(127);
  }

  @KernelStruct
  interface TaskStruct {
    int tgid();

    int exitCode();

    TaskStruct realParent();
  }

  @TracepointArgs
  interface SchedProcessExec {
    KernelString filename();
  }

  static final BpfHashMap<Integer, Long> started = BpfHashMap.create(8_192);
  static final RingBuffer<Event> events = RingBuffer.ofBytes(256 << 10);

  /// Processes that lived less are not told about.
  @Config static long minDurationNs = 0;

  @Tracepoint("sched/sched_process_exec")
  static void onExec(SchedProcessExec args) {
    int process = (int) (Helpers.getCurrentPidTgid() >>> 32);
    started.put(process, Helpers.ktimeGetNs());
    if (minDurationNs > 0) return;

    Event event = events.reserve();
    if (event == null) return;
    event.process = process;
    event.parent = Helpers.currentTask(TaskStruct.class).realParent().tgid();
    Helpers.getCurrentComm(event.name);
    args.filename().copyTo(event.path);
    events.submit(event);
  }

  @Tracepoint("sched/sched_process_exit")
  static void onExit() {
    long id = Helpers.getCurrentPidTgid();
    int process = (int) (id >>> 32);
    int thread = (int) id;
    if (process != thread) return;

    Long since = started.get(process);
    long lived = since == null ? 0 : Helpers.ktimeGetNs() - since;
    started.remove(process);
    if (minDurationNs > 0 && lived < minDurationNs) return;

    Event event = events.reserve();
    if (event == null) return;
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    event.ended = true;
    event.livedNs = lived;
    event.process = process;
    event.parent = task.realParent().tgid();
    event.exitCode = (task.exitCode() >> 8) & 0xff;
    Helpers.getCurrentComm(event.name);
    events.submit(event);
  }
}
