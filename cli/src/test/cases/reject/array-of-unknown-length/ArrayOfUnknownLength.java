import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;

@Bpf(license = "GPL")
public final class ArrayOfUnknownLength {

  @KernelStruct
  interface TaskStruct {
    byte comm(int index);
  }

  @RawTracepoint("sys_enter")
  static int onEnter(RawTracepointContext context) {
    return Helpers.currentTask(TaskStruct.class).comm(1);
  }
}
