import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfCgroupStorage;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.jspecify.annotations.Nullable;

/// What the verifier's lists promise of members is enough for functions of the kernel.
@Bpf(license = "GPL")
public final class HoldWhatWasRead {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();

    CssSet cgroups();

    CpuMask cpusPtr();
  }

  @KernelStruct
  interface CssSet {
    Cgroup dflCgrp();
  }

  @KernelStruct
  interface Cgroup {
    int level();
  }

  @KernelStruct("cpumask")
  interface CpuMask {}

  @Struct
  static final class Count {
    long forks;
  }

  @Kfunc(releasedBy = "bpf_task_release", since = "6.2")
  static native @Nullable TaskStruct bpfTaskAcquire(TaskStruct task);

  @Kfunc(releases = true, since = "6.2")
  static native void bpfTaskRelease(TaskStruct task);

  @Kfunc(releasedBy = "bpf_cgroup_release", since = "6.2")
  static native @Nullable Cgroup bpfCgroupAcquire(Cgroup cgroup);

  @Kfunc(releases = true, since = "6.2")
  static native void bpfCgroupRelease(Cgroup cgroup);

  @Kfunc(since = "6.3")
  static native boolean bpfCpumaskTestCpu(int cpu, CpuMask mask);

  static final BpfCgroupStorage<Count> counts = BpfCgroupStorage.create();
  static int parent;
  static int level;
  static boolean first;

  @BtfTracepoint("sched_process_fork")
  static int onFork(TaskStruct task, TaskStruct child) {
    TaskStruct above = child.realParent();
    TaskStruct held = above == null ? null : bpfTaskAcquire(above);
    if (held != null) {
      parent = held.tgid();
      bpfTaskRelease(held);
    }
    CpuMask cpus = task.cpusPtr();
    first = cpus != null && bpfCpumaskTestCpu(0, cpus);
    CssSet groups = task.cgroups();
    Cgroup group = groups == null ? null : groups.dflCgrp();
    if (group == null) {
      return 4;
    }
    Count count = counts.getOrCreate(group);
    if (count != null) {
      count.forks++;
    }
    Cgroup kept = bpfCgroupAcquire(group);
    if (kept == null) {
      return 5;
    }
    level = kept.level();
    bpfCgroupRelease(kept);
    return 6;
  }
}
