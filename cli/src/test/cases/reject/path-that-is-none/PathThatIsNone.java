import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class PathThatIsNone {
  @KernelStruct
  interface TaskStruct {
    @Field("comm[x]")
    byte letter();

    @Field("a[99999].b[99999]")
    int far();
  }

  @RawTracepoint("sys_enter")
  static int program(RawTracepointContext context) {
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    return task.letter() + task.far();
  }
}
