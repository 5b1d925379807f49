import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfTaskStorage;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.KernelStruct;
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

  static int process = -1;
  static int seen;

  @BtfTracepoint("sched_process_fork")
  static void forked(Task parent, Task child) {
    if (parent.tgid() != process) {
      return;
    }
    Origin origin = origins.getOrCreate(child);
    if (origin != null) {
      origin.parent = process;
    }
    seen++;
  }
}
