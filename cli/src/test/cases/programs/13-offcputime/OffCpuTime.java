import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.StackTraceMap;
import org.bpf4j.lang.Struct;

/// Sums the time that tasks are off the CPU, by the stacks that they left it with.
@Bpf(license = "GPL")
public final class OffCpuTime {

  static final int KERNEL_THREAD = 0x00200000; // PF_KTHREAD

  @KernelStruct
  interface TaskStruct {
    int pid();

    int tgid();

    int flags();

    KernelString comm();
  }

  record Stacks(int process, int thread, int user, int kernel) {}

  record Left(long timeNs, Stacks stacks) {}

  @Struct
  static final class Total {
    final AtomicLong us = new AtomicLong();
    final BpfString name = BpfString.ofSize(16);
  }

  static final BpfHashMap<Integer, Left> left = BpfHashMap.create(10_240);
  static final BpfHashMap<Stacks, Total> totals = BpfHashMap.create(10_240);
  static final StackTraceMap stacks = StackTraceMap.create(1_024);

  @Config static boolean withKernelThreads = false;
  @Config static boolean withUserThreads = true;
  @Config static int onlyProcess = 0;
  @Config static long minUs = 1;
  @Config static long maxUs = Long.MAX_VALUE;

  @BtfTracepoint("sched_switch")
  static int onSwitch(boolean preempted, TaskStruct previous, TaskStruct next) {
    if (wanted(previous)) {
      int user = stacks.getStackid(StackTraceMap.USER_STACK);
      int kernel = stacks.getStackid(0);
      boolean own = (previous.flags() & KERNEL_THREAD) != 0;
      Stacks key = new Stacks(previous.tgid(), previous.pid(), own ? -1 : user, kernel);
      left.put(previous.pid(), new Left(Helpers.ktimeGetNs(), key));
    }

    Left begin = left.get(next.pid());
    if (begin == null) return 0;
    left.remove(next.pid());
    long us = (Helpers.ktimeGetNs() - begin.timeNs()) / 1_000;
    if (us < minUs || us > maxUs) return 0;

    Total total = totals.get(begin.stacks());
    if (total == null) {
      Total fresh = new Total();
      next.comm().copyTo(fresh.name);
      totals.putIfAbsent(begin.stacks(), fresh);
      total = totals.get(begin.stacks());
      if (total == null) return 0;
    }
    total.us.addAndGet(us);
    return 0;
  }

  static boolean wanted(TaskStruct task) {
    if (onlyProcess != 0 && onlyProcess != task.tgid()) return false;
    return (task.flags() & KERNEL_THREAD) != 0 ? withKernelThreads : withUserThreads;
  }
}
