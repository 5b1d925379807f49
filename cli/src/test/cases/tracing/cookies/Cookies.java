import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.PerfEvent;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.Uprobe;
import org.bpf4j.lang.UprobeMulti;

@Bpf(license = "GPL")
public final class Cookies {

  static int process;

  static int tracepoint;
  static int raw;
  static int typed;
  static int function;
  static int functions;
  static int sampled;

  @Tracepoint("sched/sched_process_fork")
  static void fork() {
    tracepoint = own() ? (int) Helpers.getAttachCookie() : tracepoint;
  }

  @RawTracepoint("sched_process_fork")
  static void rawFork() {
    raw = own() ? (int) Helpers.getAttachCookie() : raw;
  }

  @BtfTracepoint("sched_process_fork")
  static void typedFork() {
    typed = own() ? (int) Helpers.getAttachCookie() : typed;
  }

  @Uprobe(binary = "libc.so.6", function = "toupper")
  static void enter() {
    function = own() ? (int) Helpers.getAttachCookie() : function;
  }

  @UprobeMulti(
      binary = "libc.so.6",
      functions = {"toupper", "tolower"})
  static void enterAny() {
    if (own()) {
      functions = functions * 100 + (int) Helpers.getAttachCookie();
    }
  }

  @PerfEvent
  static void sample() {
    sampled = own() ? (int) Helpers.getAttachCookie() : sampled;
  }

  private static boolean own() {
    return (int) (Helpers.getCurrentPidTgid() >>> 32) == process;
  }
}
