package org.bpf4j.examples.kernel;

import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Core;
import org.bpf4j.lang.KernelEnum;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Operation;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.StructOps;

/// A scheduler: whoever is ready first runs first, on any CPU, for the kernel's usual slice.
@Bpf(license = "GPL")
@StructOps("sched_ext_ops")
public final class FifoScheduler {

  @Operation
  @Size(128)
  static final String NAME = "bpf4j_fifo";

  /// After so long without a turn for somebody the kernel takes its own scheduler again.
  @Operation static final int TIMEOUT_MS = 10_000;

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

  static final AtomicLong queued = new AtomicLong();
  static final AtomicLong run = new AtomicLong();

  @Operation
  static void enqueue(TaskStruct task, long flags) {
    queued.incrementAndGet();
    long queue = Core.valueOf(ScxDsqIdFlags.SCX_DSQ_GLOBAL);
    scxBpfDsqInsert(task, queue, Core.valueOf(ScxPublicConsts.SCX_SLICE_DFL), flags);
  }

  @Operation
  static void running(TaskStruct task) {
    run.incrementAndGet();
  }

  @Operation(sleepable = true)
  static int init() {
    return 0;
  }

  private FifoScheduler() {}
}
