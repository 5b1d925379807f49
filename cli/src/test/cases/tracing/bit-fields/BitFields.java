import org.bpf4j.lang.BitField;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;

@Bpf(license = "GPL")
public final class BitFields {

  @KernelStruct
  interface TaskStruct {
    /// A bit field of one bit: set by nobody here.
    @BitField
    boolean inExecve();

    @BitField
    int schedResetOnFork();

    /// Not a bit field at all.
    @BitField
    int tgid();

    @Field("tgid")
    int plain();

    @BitField
    @Field({"no_such_bit", "exit_state"})
    byte exitState();
  }

  static int same;
  static int bits;

  @RawTracepoint("sys_enter")
  static int onEnter(RawTracepointContext ctx) {
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    same = task.tgid() == task.plain() ? 1 : 2;
    bits = (task.inExecve() ? 1 : 0) + task.schedResetOnFork() * 2 + task.exitState() * 4;
    return 7;
  }
}
