import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfTaskStorage;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.Struct;

@Bpf(license = "GPL")
public final class UntrustedTask {

  @KernelStruct
  interface TaskStruct {
    TaskStruct realParent();
  }

  @Struct
  static final class Seen {
    int calls;
  }

  static final BpfTaskStorage<Seen> seen = BpfTaskStorage.create();

  static int found;

  @Kprobe("wake_up_new_task")
  static void argument(TaskStruct task) {
    if (task != null && seen.get(task) != null) {
      found = 1;
    }
  }

  @Kprobe("wake_up_new_task")
  static void number() {
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    if (task != null && seen.get(task) != null) {
      found = 2;
    }
  }

  @Kprobe("wake_up_new_task")
  static void copied(TaskStruct task) {
    TaskStruct parent = task.realParent();
    if (parent != null && seen.get(parent) != null) {
      found = 3;
    }
  }
}
