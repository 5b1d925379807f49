import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;

@Bpf(license = "GPL")
public final class KernelPointers {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    @Embedded
    SchedEntity se();
  }

  @KernelStruct
  interface SchedEntity {}

  static final BpfHashMap<Integer, TaskStruct> byNumber = BpfHashMap.create(8);
  static final BpfHashMap<TaskStruct, Integer> numbers = BpfHashMap.create(8);
  static boolean absent;
  static boolean same;
  static boolean inside;
  static int number;
  static int read;

  @RawTracepoint("sys_enter")
  static int onEnter(RawTracepointContext context) {
    TaskStruct task = Helpers.viewAt(TaskStruct.class, context.argument(0));
    absent = byNumber.get(7) == null && numbers.get(task) == null;
    byNumber.put(7, task);
    numbers.put(task, 8);
    TaskStruct kept = byNumber.get(7);
    if (kept == null) return -1;
    same = Helpers.addressOf(kept) == Helpers.addressOf(task);
    inside = Helpers.addressOf(task.se()) >= Helpers.addressOf(task);
    Integer found = numbers.get(kept);
    number = found == null ? 0 : found;
    TaskStruct again = Helpers.viewAt(TaskStruct.class, Helpers.addressOf(task));
    read = kept.tgid() == task.tgid() && again.tgid() == task.tgid() ? 1 : 2;
    byNumber.remove(7);
    numbers.remove(task);
    return byNumber.containsKey(7) || numbers.containsKey(again) ? 1 : 0;
  }
}
