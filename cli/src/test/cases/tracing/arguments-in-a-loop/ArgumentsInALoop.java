import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

/// A loop over the arguments of a system call, over an array of the kernel, and over a chain.
@Bpf(license = "GPL")
public final class ArgumentsInALoop {

  @TracepointArgs("trace_event_raw_sys_enter")
  interface Enter {
    @Size(6)
    long args(int index);
  }

  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();

    @Size(16)
    @Field("comm")
    byte letter(int index);
  }

  static long sum;
  static long mixed;

  @Tracepoint("syscalls/sys_enter_mmap")
  static void add(Enter call) {
    long all = 0;
    for (int i = 0; i < 6; i++) all += call.args(i);
    sum = all;
  }

  @BtfTracepoint("sched_switch")
  static void hash(boolean preempt, TaskStruct task) {
    long hash = 1;
    for (int i = 0; i < 16; i++) hash = hash * 31 + task.letter(i);
    mixed = hash;
  }

  @BtfTracepoint("sched_switch")
  static void climb(boolean preempt, TaskStruct task) {
    long hash = 1;
    TaskStruct at = task;
    for (int i = 0; i < 7; i++) {
      hash = hash * 31 + at.tgid();
      at = at.realParent();
    }
    mixed = hash;
  }
}
