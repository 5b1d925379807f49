import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class ClosedObjects {

  @KernelStruct
  interface TaskStruct extends AutoCloseable {
    int tgid();

    @Override
    default void close() {
      bpfTaskRelease(this);
      closed++;
    }
  }

  @KernelStruct("bpf_cpumask")
  interface CpuMask extends AutoCloseable {
    @Override
    default void close() {
      bpfCpumaskRelease(this);
      closed += 10;
    }
  }

  @Struct
  static final class Args {
    int way;
    int answer;
  }

  static int closed;
  static final int[] weights = {1, 10, 100};

  @Kfunc(releasedBy = "bpf_task_release", since = "6.2")
  static native @Nullable TaskStruct bpfTaskFromPid(int pid);

  @Kfunc(releases = true, since = "6.2")
  static native void bpfTaskRelease(TaskStruct task);

  @Kfunc(releasedBy = "bpf_cpumask_release", since = "6.3")
  static native @Nullable CpuMask bpfCpumaskCreate();

  @Kfunc(releases = true, since = "6.3")
  static native void bpfCpumaskRelease(CpuMask mask);

  @Kfunc(since = "6.3")
  static native void bpfCpumaskSetCpu(int cpu, CpuMask mask);

  @Kfunc(since = "6.3")
  static native boolean bpfCpumaskTestCpu(int cpu, CpuMask mask);

  /// Falls off the end, returns, aborts, or finds no task.
  @Syscall
  static int one(Args args) {
    int pid = args.way == 3 ? -1 : (int) Helpers.getCurrentPidTgid();
    try (TaskStruct task = bpfTaskFromPid(pid)) {
      if (task == null) {
        return -1;
      }
      if (args.way == 1) {
        return task.tgid() >= 0 ? 5 : 6;
      }
      args.answer = weights[args.way];
    }
    return 7;
  }

  /// Two at once: the last is closed first.
  @Syscall
  static int two(Args args) {
    try (CpuMask first = bpfCpumaskCreate();
        TaskStruct task = bpfTaskFromPid((int) Helpers.getCurrentPidTgid())) {
      if (first == null || task == null) {
        return -1;
      }
      bpfCpumaskSetCpu(0, first);
      args.answer = bpfCpumaskTestCpu(0, first) ? 1 : 0;
      return closed;
    }
  }

  /// Leaves rounds, loops, and blocks with names.
  @Syscall
  static int loops(Args args) {
    int rounds = 0;
    outer:
    for (int i = 0; i < 3; i++) {
      try (CpuMask mask = bpfCpumaskCreate()) {
        if (mask == null) {
          return -1;
        }
        for (int j = 0; j < 4; j++) {
          rounds++;
          if (j == 1) {
            break;
          }
          if (args.way == 1) {
            continue outer;
          }
          if (args.way == 2 && i == 1) {
            break outer;
          }
        }
        bpfCpumaskSetCpu(0, mask);
      }
      rounds += 100;
    }
    return rounds;
  }
}
