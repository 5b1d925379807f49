import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;

@Bpf(license = "GPL")
public final class MemoryOfATask {

  @KernelStruct
  interface TaskStruct {
    int pid();

    MmStruct mm();
  }

  @KernelStruct
  interface MmStruct {
    long startCode();
  }

  @KernelStruct
  interface VmAreaStruct {
    long vmStart();

    long vmEnd();
  }

  static boolean inside;

  @RawTracepoint("sys_enter")
  static int look() {
    TaskStruct task = Helpers.getCurrentTaskBtf(TaskStruct.class);
    long code = task.mm().startCode();
    int found =
        Helpers.findVma(
            task,
            code,
            VmAreaStruct.class,
            area -> {
              long bytes = area.vmEnd() - area.vmStart();
              inside = Long.divideUnsigned(code - area.vmStart(), bytes) == 0;
            });
    return found == 0 && inside ? 2 : 1;
  }
}
