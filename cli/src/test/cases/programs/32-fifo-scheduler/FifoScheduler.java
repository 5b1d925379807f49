import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Core;
import org.bpf4j.lang.KernelEnum;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Operation;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.StructOps;

/// A scheduler of tasks, simple as `scx_simple`: who is ready first runs first, and what runs is
/// counted.
@Bpf(license = "GPL")
@StructOps("sched_ext_ops")
public final class FifoScheduler {

  @Operation
  @Size(128)
  static final String NAME = "bpf4j_simple";

  @KernelStruct
  interface TaskStruct {}

  @KernelEnum
  enum ScxDsqIdFlags {
    SCX_DSQ_GLOBAL
  }

  @KernelEnum
  enum ScxPublicConsts {
    SCX_SLICE_DFL
  }

  @Kfunc(since = "6.13")
  static native void scxBpfDsqInsert(TaskStruct task, long queue, long slice, long flags);

  static final AtomicLong stopped = new AtomicLong();
  static final AtomicLong run = new AtomicLong();

  @Operation
  static void enqueue(TaskStruct task, long flags) {
    long queue = Core.valueOf(ScxDsqIdFlags.SCX_DSQ_GLOBAL);
    scxBpfDsqInsert(task, queue, Core.valueOf(ScxPublicConsts.SCX_SLICE_DFL), flags);
  }

  @Operation
  static void running(TaskStruct task) {
    run.incrementAndGet();
  }

  @Operation
  static void stopping(TaskStruct task, boolean runnable) {
    if (!runnable) {
      stopped.incrementAndGet();
    }
  }
}
