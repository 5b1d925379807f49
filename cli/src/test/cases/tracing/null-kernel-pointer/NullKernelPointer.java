import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;

@Bpf(license = "GPL")
public final class NullKernelPointer {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();
  }

  static int parent = 7;

  @RawTracepoint("sched_switch")
  static int look(RawTracepointContext context) {
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    parent = task.realParent().realParent().realParent().realParent().realParent().tgid();
    return 1;
  }
}
