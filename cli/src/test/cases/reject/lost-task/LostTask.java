import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class LostTask {

  @KernelStruct
  interface TaskStruct {
    int tgid();
  }

  @Kfunc(releasedBy = "bpf_task_release", since = "6.2")
  static native @Nullable TaskStruct bpfTaskFromPid(int pid);

  @Kfunc(releases = true, since = "6.2")
  static native void bpfTaskRelease(TaskStruct task);

  @Syscall
  static int lost() {
    TaskStruct task = bpfTaskFromPid(1);
    return task == null ? 0 : task.tgid();
  }

  @Syscall
  static int unchecked() {
    bpfTaskRelease(bpfTaskFromPid(1));
    return 0;
  }

  @Syscall
  static int used() {
    TaskStruct task = bpfTaskFromPid(1);
    if (task == null) {
      return 0;
    }
    bpfTaskRelease(task);
    return task.tgid();
  }
}
