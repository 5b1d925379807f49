import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfTaskStorage;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.CgroupArray;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.StackTraceMap;
import org.bpf4j.lang.Struct;

@Bpf(license = "GPL")
public final class Owners {

  @KernelStruct("task_struct")
  interface Task {
    int tgid();
  }

  @Struct
  static final class Origin {
    int parent;
  }

  static final BpfTaskStorage<Origin> origins = BpfTaskStorage.create();
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
    Origin origin = origins.getOrCreate(child);
    if (origin != null) {
      origin.parent = process;
    }
    stack = stacks.getStackid(0);
    inside += groups.currentTaskUnderCgroup(0) ? 1 : 0;
  }
}
