import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.PerCpu;
import org.bpf4j.lang.Struct;

/// Lists all tasks with their states and the stacks that they are in the kernel with.
@Bpf(license = "GPL")
public final class TaskDump {

  static final int KERNEL_THREAD = 0x00200000; // PF_KTHREAD
  static final int DEPTH = 32;

  @KernelStruct
  interface TaskStruct {
    int pid();

    int tgid();

    int flags();

    KernelString comm();

    @Field({"__state", "state"})
    int state();

    TaskStruct realParent();
  }

  @Struct
  static final class Task {
    final BpfString name = BpfString.ofSize(16);
    final long[] stack = new long[DEPTH];
  }

  static final PerCpu<Task> scratch = PerCpu.create();

  @Iter("task")
  static void dump(IterContext out, TaskStruct task) {
    Task dumped = scratch.get();
    task.comm().copyTo(dumped.name);
    int thread = task.pid();
    boolean own = (task.flags() & KERNEL_THREAD) != 0;
    out.print("%d/%d %s", task.tgid(), thread, dumped.name);
    out.print(" parent %d state %x %c\n", task.realParent().tgid(), task.state(), own ? 'k' : 'u');

    int bytes = Helpers.getTaskStack(task, dumped.stack, 0);
    for (int i = 0; i < DEPTH && i < bytes / 8; i++) {
      out.print("  %x\n", dumped.stack[i]);
    }
  }
}
