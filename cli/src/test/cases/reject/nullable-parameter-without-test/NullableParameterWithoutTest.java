import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelStruct;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class NullableParameterWithoutTest {

  @KernelStruct
  interface TaskStruct {
    int tgid();
  }

  static int tgid;

  @Iter("task")
  static void tasks(IterContext out, @Nullable TaskStruct task) {
    tgid = task.tgid();
  }

  @BtfTracepoint("sched_wakeup")
  static void wake(@Nullable TaskStruct task) {
    if (task != null) {
      tgid = task.tgid();
    }
    tgid += task.tgid();
  }
}
