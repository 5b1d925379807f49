import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Walk;
import org.jspecify.annotations.Nullable;

/// Control groups below and above one, the threads in them, and the kernel's caches.
@Bpf(license = "GPL", minKernel = "6.13")
public final class Groups {

  @KernelStruct
  interface Cgroup {
    @Embedded
    CgroupSubsysState self();

    int level();
  }

  @KernelStruct
  interface CgroupSubsysState {
    Cgroup cgroup();
  }

  @KernelStruct
  interface TaskStruct {
    int pid();
  }

  @KernelStruct
  interface KmemCache {
    int objectSize();
  }

  @Struct
  static final class Args {
    long group;
    int x;
  }

  @Kfunc(releasedBy = "bpf_cgroup_release", since = "6.2")
  static native @Nullable Cgroup bpfCgroupFromId(long id);

  @Kfunc(releases = true, since = "6.2")
  static native void bpfCgroupRelease(Cgroup group);

  @Syscall
  static int below(Args args) {
    Cgroup group = bpfCgroupFromId(args.group);
    if (group == null) {
      return -1;
    }
    int level = group.level();
    int groups = 0;
    int ordered = 1;
    for (CgroupSubsysState each : Walk.descendants(group.self(), CgroupSubsysState.class)) {
      groups++;
      ordered &= each.cgroup().level() >= level ? 1 : 0;
    }
    int again = 0;
    for (CgroupSubsysState each : Walk.descendantsFirst(group.self(), CgroupSubsysState.class)) {
      again++;
      ordered &= each.cgroup().level() >= level ? 1 : 0;
    }
    int above = 0;
    for (CgroupSubsysState each : Walk.ancestors(group.self(), CgroupSubsysState.class)) {
      above += each.cgroup().level() <= level ? 1 : 0;
    }
    bpfCgroupRelease(group);
    return ordered == 1 && again == groups ? 100 + above : 0;
  }

  @Syscall
  static int members(Args args) {
    Cgroup group = bpfCgroupFromId(args.group);
    if (group == null) {
      return -1;
    }
    int threads = 0;
    for (TaskStruct thread : Walk.members(group.self(), TaskStruct.class)) {
      if (thread.pid() <= 0) {
        bpfCgroupRelease(group);
        return -2;
      }
      threads++;
    }
    bpfCgroupRelease(group);
    return threads >= 0 ? 1 : 0;
  }

  @Syscall
  static int caches(Args args) {
    int caches = 0;
    for (KmemCache cache : Walk.caches(KmemCache.class)) {
      if (cache.objectSize() > 0) {
        caches++;
      }
    }
    return caches > 10 ? 1 : caches;
  }
}
