import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.PerfEvent;
import org.bpf4j.lang.PerfEventSample;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.Uprobe;
import org.bpf4j.lang.UprobeMulti;
import org.bpf4j.lang.UprobeSession;
import org.bpf4j.lang.Uretprobe;
import org.bpf4j.lang.UretprobeMulti;

@Bpf(license = "GPL")
public final class OneProcess {

  @KernelStruct("task_struct")
  interface Task {
    int tgid();
  }

  @Struct
  static final class Request {
    int number;
  }

  static int process;

  static int forks;
  static int rawForks;
  static int typedForks;
  static int entered;
  static int left;
  static int anyEntered;
  static int anyLeft;
  static int sessions;
  static int samples;
  static int asked;

  @Tracepoint("sched/sched_process_fork")
  static void fork() {
    forks += own();
  }

  @RawTracepoint("sched_process_fork")
  static void rawFork(RawTracepointContext context) {
    rawForks += context.argument(0) == 0 ? 0 : own();
  }

  @BtfTracepoint("sched_process_fork")
  static void typedFork(Task parent, Task child) {
    typedForks += parent.tgid() == process ? 1 : 0;
  }

  @Uprobe(binary = "libc.so.6", function = "toupper")
  static void enter(int letter) {
    entered += letter * own();
  }

  @Uretprobe(binary = "libc.so.6", function = "toupper")
  static void leave(int letter) {
    left += letter * own();
  }

  @UprobeMulti(
      binary = "libc.so.6",
      functions = {"touppe?", "tolowe?"})
  static void enterAny(int letter) {
    anyEntered += letter * own();
  }

  @UretprobeMulti(
      binary = "libc.so.6",
      functions = {"toupper", "tolower"})
  static void leaveAny(int letter) {
    anyLeft += letter * own();
  }

  @UprobeSession(binary = "libc.so.6", functions = "toupper")
  static int pass(int result, int letter) {
    sessions += own() * (Helpers.sessionIsReturn() ? 1000 : 1);
    return 0;
  }

  @PerfEvent
  static void sample(PerfEventSample sample) {
    samples += sample.samplePeriod() == 1_000_000 ? own() : 0;
  }

  @Syscall
  static int ask(Request request) {
    asked += request.number;
    return asked;
  }

  private static int own() {
    return (int) (Helpers.getCurrentPidTgid() >>> 32) == process ? 1 : 0;
  }
}
