package org.bpf4j.examples.kernel;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Operation;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.StructOps;
import org.bpf4j.lang.U32;

/// A scheduler: whoever ran least, by weight, runs first.
@Bpf(license = "GPL")
@StructOps("sched_ext_ops")
public final class FairScheduler {

  @Operation
  @Size(128)
  static final String NAME = "bpf4j_fair";

  /// After so long without a turn for somebody the kernel takes its own scheduler again.
  @Operation static final int TIMEOUT_MS = 10_000;

  /// The one queue, in the order of the times that tasks have run.
  private static final long QUEUE = 0;

  /// 5 ms.
  private static final long SLICE = 5_000_000;

  @KernelStruct
  interface TaskStruct {
    @Field("scx.dsq_vtime")
    long time();

    void time(long nanoseconds);

    @Field("scx.slice")
    long slice();

    void slice(long nanoseconds);

    @Field("scx.weight")
    @U32
    long weight();
  }

  @Kfunc(since = "6.12")
  static native int scxBpfCreateDsq(long queue, int node);

  @Kfunc(since = "6.13")
  static native void scxBpfDsqInsertVtime(
      TaskStruct task, long queue, long slice, long time, long flags);

  @Kfunc(since = "6.13")
  static native boolean scxBpfDsqMoveToLocal(long queue);

  static long now;
  static long started;
  static long stopped;

  @Operation
  static void enqueue(TaskStruct task, long flags) {
    long time = Math.max(task.time(), now - SLICE);
    scxBpfDsqInsertVtime(task, QUEUE, SLICE, time, flags);
  }

  @Operation
  static void dispatch(int cpu) {
    scxBpfDsqMoveToLocal(QUEUE);
  }

  @Operation
  static void running(TaskStruct task) {
    started++;
    now = Math.max(now, task.time());
  }

  /// What is left of the slice was not used.
  @Operation
  static void stopping(TaskStruct task, boolean runnable) {
    stopped++;
    task.time(
        task.time()
            + (SLICE - Math.clamp(task.slice(), 0, SLICE)) * 100 / Math.max(task.weight(), 1));
  }

  @Operation
  static void enable(TaskStruct task) {
    task.time(now);
    task.slice(SLICE);
  }

  @Operation(sleepable = true)
  static int init() {
    return scxBpfCreateDsq(QUEUE, -1);
  }

  private FairScheduler() {}
}
