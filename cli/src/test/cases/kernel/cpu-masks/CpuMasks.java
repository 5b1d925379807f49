import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Sized;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

/// Sets of CPUs, and the groups that a task is in.
@Bpf(license = "GPL")
public final class CpuMasks {

  @KernelStruct("bpf_cpumask")
  interface Mask extends AutoCloseable {
    @Override
    default void close() {
      bpfCpumaskRelease(this);
    }
  }

  @KernelStruct("cgroup")
  interface Group extends AutoCloseable {
    int level();

    @Override
    default void close() {
      bpfCgroupRelease(this);
    }
  }

  @KernelStruct("task_struct")
  interface Task {
    int tgid();
  }

  @Struct
  static final class Args {
    int first;
    int second;
  }

  @Kfunc(releasedBy = "bpf_cpumask_release", since = "6.3")
  static native @Nullable Mask bpfCpumaskCreate();

  @Kfunc(releases = true, since = "6.3")
  static native void bpfCpumaskRelease(Mask mask);

  @Kfunc(since = "6.3")
  static native void bpfCpumaskSetCpu(int cpu, Mask mask);

  @Kfunc(since = "6.3")
  static native boolean bpfCpumaskTestAndClearCpu(int cpu, Mask mask);

  @Kfunc(since = "6.3")
  static native void bpfCpumaskSetall(Mask mask);

  @Kfunc(since = "6.3")
  static native int bpfCpumaskFirst(Mask mask);

  @Kfunc(since = "6.3")
  static native boolean bpfCpumaskAnd(Mask into, Mask one, Mask other);

  @Kfunc(since = "6.3")
  static native boolean bpfCpumaskEmpty(Mask mask);

  @Kfunc(since = "6.6")
  static native int bpfCpumaskFirstAnd(Mask one, Mask other);

  @Kfunc(since = "6.8")
  static native int bpfCpumaskWeight(Mask mask);

  @Kfunc(since = "6.15")
  static native int bpfCpumaskPopulate(Mask mask, @Sized byte[] bits);

  @Kfunc(releasedBy = "bpf_cgroup_release", since = "6.2")
  static native @Nullable Group bpfCgroupFromId(long id);

  @Kfunc(releasedBy = "bpf_cgroup_release", since = "6.2")
  static native @Nullable Group bpfCgroupAncestor(Group group, int level);

  @Kfunc(releases = true, since = "6.2")
  static native void bpfCgroupRelease(Group group);

  @Kfunc(since = "6.5")
  static native long bpfTaskUnderCgroup(Task task, Group group);

  @Syscall
  static int masks(Args args) {
    try (Mask one = bpfCpumaskCreate();
        Mask other = bpfCpumaskCreate()) {
      if (one == null || other == null) {
        return -1;
      }
      bpfCpumaskSetCpu(args.first, one);
      bpfCpumaskSetCpu(args.second, one);
      bpfCpumaskSetall(other);
      int weight = bpfCpumaskWeight(one);
      int first = bpfCpumaskFirstAnd(one, other);
      boolean was = bpfCpumaskTestAndClearCpu(args.first, one);
      boolean some = bpfCpumaskAnd(other, one, one);
      return weight * 1000
          + first * 100
          + (was ? 10 : 0)
          + (some ? 2 : 0)
          + (bpfCpumaskEmpty(other) ? 1 : 0);
    }
  }

  @Syscall
  static int populated(Args args) {
    byte[] bits = new byte[8];
    bits[0] = (byte) args.first;
    try (Mask mask = bpfCpumaskCreate()) {
      return mask == null || bpfCpumaskPopulate(mask, bits) != 0 ? -1 : bpfCpumaskFirst(mask);
    }
  }

  @Syscall
  static int groups(Args args) {
    try (Group root = bpfCgroupFromId(1)) {
      if (root == null) {
        return -1;
      }
      long under = bpfTaskUnderCgroup(Helpers.getCurrentTaskBtf(Task.class), root);
      try (Group top = bpfCgroupAncestor(root, 0)) {
        return top == null ? -2 : (int) under + root.level() + top.level();
      }
    }
  }
}
