import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.KernelStruct;

/// Counts the children of each process.
@Bpf(license = "GPL")
public final class Forks {

  @KernelStruct
  interface TaskStruct {
    int pid();

    int tgid();
  }

  static final BpfHashMap<Integer, Long> children = BpfHashMap.create(10_240);

  @BtfTracepoint("sched_process_fork")
  static void onFork(TaskStruct parent, TaskStruct child) {
    if (child.pid() != child.tgid()) return; // a thread
    Long before = children.get(parent.tgid());
    children.put(parent.tgid(), before == null ? 1 : before + 1);
  }
}
