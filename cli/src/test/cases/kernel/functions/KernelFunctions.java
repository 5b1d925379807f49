import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class KernelFunctions {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();
  }

  @Struct
  static final class Input {
    int pid;
    int divisor;
  }

  @Kfunc(releasedBy = "bpf_task_release", since = "6.2")
  static native @Nullable TaskStruct bpfTaskFromPid(int pid);

  @Kfunc(value = "bpf_task_acquire", releasedBy = "bpf_task_release", since = "6.2")
  static native @Nullable TaskStruct hold(TaskStruct task);

  @Kfunc(releases = true, since = "6.2")
  static native void bpfTaskRelease(TaskStruct task);

  static int found;
  static int quotient;

  @Syscall
  static int look(Input input) {
    int own = (int) (Helpers.getCurrentPidTgid() >>> 32);
    TaskStruct task = bpfTaskFromPid(input.pid == 0 ? own : input.pid);
    if (task == null) {
      return 1;
    }
    TaskStruct again = hold(task);
    if (again != null) {
      found = again.tgid() == own ? 1 : 2;
      bpfTaskRelease(again);
    }
    quotient = 100 / input.divisor;
    bpfTaskRelease(task);
    return 2;
  }
}
