import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Kprobe;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class KernelFunctionOfAnotherKind {

  @KernelStruct("task_struct")
  interface Task {
    int pid();
  }

  @Kfunc(releasedBy = "bpf_task_release", since = "6.2")
  static native @Nullable Task bpfTaskFromPid(int pid);

  @Kfunc(releases = true, since = "6.2")
  static native void bpfTaskRelease(Task task);

  static int seen;

  @Kprobe("do_unlinkat")
  static int onUnlink() {
    Task task = bpfTaskFromPid(1);
    if (task != null) {
      seen = task.pid();
      bpfTaskRelease(task);
    }
    return 0;
  }
}
