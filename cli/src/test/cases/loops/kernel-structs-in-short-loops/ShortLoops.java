import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Loops that are short and branch only where they read structs of the kernel.
@Bpf(license = "GPL")
public final class ShortLoops {

  @KernelStruct
  interface TaskStruct {
    int tgid();
  }

  @Struct
  static final class Args {
    int start;
  }

  @Syscall
  static int number(Args args) {
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    int sum = args.start;
    for (int i = 0; i < 7; i++) {
      sum = sum * 3 + task.tgid();
    }
    for (int i = 0; i < 7; i++) {
      sum = (sum - task.tgid()) * 0xaaaa_aaab; // divided by 3
    }
    return sum;
  }
}
