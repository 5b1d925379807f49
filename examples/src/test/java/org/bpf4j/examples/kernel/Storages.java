package org.bpf4j.examples.kernel;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfCgroupStorage;
import org.bpf4j.lang.BpfInodeStorage;
import org.bpf4j.lang.BpfSkStorage;
import org.bpf4j.lang.BpfTaskStorage;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Struct;

/// Hangs values on tasks, sockets, files and control groups.
@Bpf(license = "GPL", minKernel = "6.2")
public final class Storages {

  private Storages() {}

  @KernelStruct
  interface TaskStruct {
    int tgid();
  }

  @Struct
  static final class Seen {
    long times;
  }

  static final BpfTaskStorage<Seen> tasks = BpfTaskStorage.create();
  static final BpfSkStorage<Seen> sockets = BpfSkStorage.create();
  static final BpfInodeStorage<Seen> files = BpfInodeStorage.create();
  static final BpfCgroupStorage<Seen> groups = BpfCgroupStorage.create();

  @Config static int process;

  @BtfTracepoint("sched_switch")
  static void onSwitch(boolean preempt, TaskStruct previous, TaskStruct next) {
    if (next.tgid() == process) {
      count(next);
    }
  }

  private static void count(TaskStruct task) {
    Seen seen = tasks.getOrCreate(task);
    if (seen != null) {
      seen.times++;
    }
  }
}
