import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;

/// Tells which processes end, why, and how old they were.
@Bpf(license = "GPL")
public final class ExitSnoop {

  /// A process or thread that ended.
  @Struct
  static final class Event {
    long startedNs;
    long endedNs;
    int process;
    int thread;
    int parent;
    int signal;
    int exitCode;
    final BpfString name = BpfString.ofSize(16);
  }

  @KernelStruct
  interface TaskStruct {
    int tgid();

    int exitCode();

    long startTime();

    TaskStruct realParent();
  }

  static final PerfEventArray<Event> events = PerfEventArray.create();

  @Config static int onlyProcess = 0;
  @Config static boolean onlyFailed = false;
  @Config static boolean eachThread = false;

  @Tracepoint("sched/sched_process_exit")
  static void onExit() {
    long id = Helpers.getCurrentPidTgid();
    int process = (int) (id >>> 32);
    int thread = (int) id;
    if (onlyProcess != 0 && onlyProcess != process) return;
    if (!eachThread && process != thread) return;

    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    int code = task.exitCode();
    if (onlyFailed && code == 0) return;

    Event event = new Event();
    event.startedNs = task.startTime();
    event.endedNs = Helpers.ktimeGetNs();
    event.process = process;
    event.thread = thread;
    event.parent = task.realParent().tgid();
    event.signal = code & 0xff;
    event.exitCode = code >> 8;
    Helpers.getCurrentComm(event.name);
    events.output(event);
  }
}
