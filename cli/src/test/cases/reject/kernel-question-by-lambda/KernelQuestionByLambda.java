import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class KernelQuestionByLambda {
  @KernelStruct
  interface TaskStruct {
    int tgid();
  }

  static int size;

  @RawTracepoint("sys_enter")
  static int program(RawTracepointContext context) {
    size = Core.sizeOf((TaskStruct task) -> task.tgid());
    return 0;
  }
}
