import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;

@Bpf(license = "GPL")
public final class NullInAMap {

  @KernelStruct
  interface TaskStruct {
    int tgid();
  }

  static final BpfHashMap<Integer, TaskStruct> kept = BpfHashMap.create(4);
  static final BpfHashMap<TaskStruct, Integer> numbers = BpfHashMap.create(4);
  static int number;

  @RawTracepoint("sys_enter")
  static int keep(RawTracepointContext context) {
    TaskStruct task = Helpers.viewAt(TaskStruct.class, context.argument(0));
    kept.put(1, task);
    numbers.put(task, 7);
    TaskStruct again = kept.get(1);
    Integer found = numbers.get(task);
    number = found == null ? -1 : found;
    boolean there = kept.containsKey(1);
    kept.remove(1);
    numbers.remove(task);
    return (again == null ? 1 : 2) + (task == null ? 10 : 20) + (there ? 100 : 200);
  }
}
