import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL", minKernel = "6.2")
public final class KernelFunctionNewerForTheKind {

  @KernelStruct("task_struct")
  interface Task {}

  @Kfunc(releasedBy = "bpf_task_release", since = "6.2")
  static native @Nullable Task bpfTaskFromPid(int pid);

  @Kfunc(releases = true, since = "6.2")
  static native void bpfTaskRelease(Task task);

  @Syscall
  static int look() {
    Task task = bpfTaskFromPid(1);
    if (task != null) {
      bpfTaskRelease(task);
    }
    return 0;
  }
}
