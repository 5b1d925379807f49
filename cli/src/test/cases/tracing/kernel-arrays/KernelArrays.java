import org.bpf4j.lang.BitField;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Struct;

@Bpf(license = "GPL")
public final class KernelArrays {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    @Size(16)
    KernelString comm();

    @Size(16)
    byte comm(int index);

    /// Pointers.
    @Field("cgroups")
    CssSet cgroups();

    @Field("thread_pid")
    Pid pid();

    @Field("se.avg.util_avg")
    long load();

    /// In a union without a name.
    @Field("rcu_read_lock_nesting")
    int nesting();

    @BitField
    @Field("in_execve")
    int executing();

    @BitField
    @Field("exit_signal")
    int exitSignal();
  }

  @Struct
  static final class Text {
    final BpfString value = BpfString.ofSize(16);
  }

  @KernelStruct
  interface CssSet {
    @Size(8)
    CgroupSubsysState subsys(int index);
  }

  @KernelStruct
  interface CgroupSubsysState {
    int id();
  }

  @KernelStruct
  interface Pid {
    int level();

    /// As many as the struct has room for.
    @Embedded
    @Size(4)
    Upid numbers(int index);
  }

  @KernelStruct
  interface Upid {
    int nr();
  }

  static int sum;
  static int first;
  static int number;
  static int subsystems;
  static int signal;

  @RawTracepoint("sys_enter")
  static int onEnter(RawTracepointContext context) {
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    Text text = new Text();
    task.comm().copyTo(text.value);
    int same = 0;
    for (int i = 0; i < 16; i++) {
      same += task.comm(i) == text.value.byteAt(i) ? 1 : 0;
    }
    sum = same;
    first = task.comm(0) == text.value.byteAt(0) ? 1 : 2;
    signal = task.exitSignal() >= -1 && task.executing() >= -1 ? 1 : 2;
    return 7;
  }

  @RawTracepoint("sched_switch")
  static int onSwitch(RawTracepointContext context) {
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    int at = (int) context.argument(0);
    return 20 + task.comm(at);
  }

  @RawTracepoint("sched_wakeup")
  static int onWakeup(RawTracepointContext context) {
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    Pid pid = task.pid();
    number = pid == null || pid.numbers(pid.level() & 3).nr() >= 0 ? 1 : 2;
    CssSet groups = task.cgroups();
    if (groups != null) {
      for (int i = 0; i < 8; i++) {
        CgroupSubsysState state = groups.subsys(i);
        subsystems += state == null || state.id() >= 0 ? 1 : 0;
      }
    }
    subsystems = groups == null ? 8 : subsystems;
    return 9;
  }

  /// An argument that the kernel vouches for.
  @BtfTracepoint("sched_wakeup_new")
  static int onNew(TaskStruct task) {
    int sum = task.comm(task.tgid() & 15);
    CssSet groups = task.cgroups();
    CgroupSubsysState state = groups == null ? null : groups.subsys(task.tgid() & 7);
    return state == null ? sum : sum + state.id();
  }
}
