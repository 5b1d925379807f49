import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Tracepoint;

/// Says in the kernel's trace whenever a process writes to a file.
@Bpf(license = "GPL")
public final class WriteTracer {

  /// The process that is watched.
  @Config static int watched;

  /// What it wrote, in calls.
  static long writes;

  @Tracepoint("syscalls/sys_enter_write")
  static void onWrite() {
    int process = (int) (Helpers.getCurrentPidTgid() >>> 32);
    if (process != watched) return;
    writes++;
    Helpers.printk("write of process %d", process);
  }
}
