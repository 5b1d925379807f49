import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.CgroupArray;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.StackTraceMap;

@Bpf(license = "GPL")
public final class Whereabouts {

  @KernelStruct("task_struct")
  interface Task {
    int tgid();
  }

  static final StackTraceMap stacks = StackTraceMap.create(64);
  static final CgroupArray groups = CgroupArray.create(1);

  static int process = -1;
  static int stack = -1;
  static int inside;

  @BtfTracepoint("sched_process_fork")
  static void forked(Task parent, Task child) {
    if (parent.tgid() != process) {
      return;
    }
    stack = stacks.getStackid(0);
    inside += groups.currentTaskUnderCgroup(0) ? 1 : 0;
  }
}
