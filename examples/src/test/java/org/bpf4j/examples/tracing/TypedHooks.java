package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;

/// Counts what one process does, by typed tracepoints.
@Bpf(license = "GPL")
public final class TypedHooks {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();
  }

  @KernelStruct
  interface PtRegs {}

  @Config static int process = -1;

  static long calls;
  static long lastCall;
  static long exits;
  static int parent;

  @BtfTracepoint("sys_enter")
  static void enter(PtRegs registers, long call) {
    if ((int) (Helpers.getCurrentPidTgid() >>> 32) == process) {
      calls++;
      lastCall = call;
    }
  }

  @BtfTracepoint("sched_process_exit")
  static int exit(TaskStruct task) {
    if (task.realParent().tgid() == process) {
      exits++;
      parent = task.realParent().tgid();
    }
    return 0;
  }

  private TypedHooks() {}
}
