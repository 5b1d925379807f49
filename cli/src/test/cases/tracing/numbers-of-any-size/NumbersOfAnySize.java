import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;
import org.bpf4j.lang.U32;

/// Numbers under one name and under several, wider and narrower than the kernel has them.
@Bpf(license = "GPL")
public final class NumbersOfAnySize {

  @KernelStruct("task_struct")
  interface Wide {
    long exitSignal();

    @U32
    @Field("exit_signal")
    long bitsOfSignal();

    long flags();

    long staticPrio();

    @Field("start_time")
    int lowTime();
  }

  @KernelStruct
  interface TaskStruct {
    int exitSignal();

    int flags();

    int staticPrio();

    long startTime();

    @Field({"no_such_signal", "exit_signal"})
    long wideSignal();

    @Field({"no_such_signal", "exit_signal"})
    @U32
    long bitsOfSignal();

    @Field({"no_such_signal", "exit_signal"})
    byte lowSignal();

    @Field({"no_such_flags", "flags"})
    long wideFlags();

    @Field({"no_such_flags", "flags"})
    short lowFlags();

    @Field({"no_such_time", "start_time"})
    int lowTime();
  }

  static int right;
  static int ofOneName;

  private static int check(TaskStruct task) {
    int checks = task.wideSignal() == task.exitSignal() ? 1 : 0;
    checks |= task.bitsOfSignal() == Integer.toUnsignedLong(task.exitSignal()) ? 2 : 0;
    checks |= task.lowSignal() == (byte) task.exitSignal() ? 4 : 0;
    checks |= task.wideFlags() == Integer.toUnsignedLong(task.flags()) ? 8 : 0;
    checks |= task.lowFlags() == (short) task.flags() ? 16 : 0;
    return checks | (task.lowTime() == (int) task.startTime() ? 32 : 0);
  }

  private static int check(Wide wide, TaskStruct task) {
    int checks = wide.exitSignal() == task.exitSignal() ? 1 : 0;
    checks |= wide.bitsOfSignal() == Integer.toUnsignedLong(task.exitSignal()) ? 2 : 0;
    checks |= wide.flags() == Integer.toUnsignedLong(task.flags()) ? 4 : 0;
    checks |= wide.staticPrio() == task.staticPrio() ? 8 : 0;
    return checks | (wide.lowTime() == (int) task.startTime() ? 16 : 0);
  }

  @RawTracepoint("sys_enter")
  static int onEnter(RawTracepointContext context) {
    right = check(Helpers.currentTask(TaskStruct.class));
    ofOneName = check(Helpers.currentTask(Wide.class), Helpers.currentTask(TaskStruct.class));
    return 3;
  }

  @BtfTracepoint("sched_wakeup")
  static int onWakeup(TaskStruct task) {
    right = check(task);
    ofOneName = check(Helpers.viewAt(Wide.class, Helpers.addressOf(task)), task);
    return 4;
  }

  @BtfTracepoint("sched_process_exec")
  static void onExec(Wide task) {
    ofOneName = (int) (task.exitSignal() + task.flags() + task.staticPrio());
  }
}
