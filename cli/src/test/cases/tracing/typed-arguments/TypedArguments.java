import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.KernelStruct;

@Bpf(license = "GPL")
public final class TypedArguments {

  @KernelStruct("task_struct")
  interface TaskStruct {}

  static long sum;
  static boolean flag;

  @BtfTracepoint("sched_switch")
  static int look(boolean preempt, TaskStruct previous, TaskStruct next, int state) {
    flag = preempt;
    sum = state;
    return preempt ? 1 : 2;
  }
}
