import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelStruct;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class NullableParameters {

  @KernelStruct
  interface TaskStruct {
    int tgid();
  }

  static int items;
  static int ends;
  static int tgid = -1;

  /// The end of the list is a call as well.
  @Iter("task")
  static void tasks(IterContext out, @Nullable TaskStruct task) {
    if (task == null) {
      ends++;
      out.print("%d tasks\n", items);
      return;
    }
    items++;
    tgid = task.tgid();
  }

  private static int number(@Nullable TaskStruct task) {
    return task == null ? -5 : task.tgid();
  }

  @BtfTracepoint("sched_wakeup")
  static int wake(@Nullable TaskStruct task) {
    tgid = number(task);
    return tgid == -5 || task != null && task.tgid() == 0 ? 1 : 2;
  }
}
