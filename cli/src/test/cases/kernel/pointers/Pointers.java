import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelPointer;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class Pointers {

  @KernelStruct("bpf_cpumask")
  interface CpuMask {}

  @KernelStruct
  interface TaskStruct {
    int tgid();
  }

  @Struct
  static final class Slot {
    int count;
    final KernelPointer<CpuMask> mask = new KernelPointer<>();
    final KernelPointer<TaskStruct> task = new KernelPointer<>();
  }

  @Struct
  static final class Args {
    int cpu;
    int answer;
  }

  static final BpfArray<Slot> slots = BpfArray.create(2);
  static final BpfHashMap<Integer, Slot> tasks = BpfHashMap.create(8);
  static final int[] weights = {1, 10, 100};

  @Kfunc(releasedBy = "bpf_cpumask_release", since = "6.3")
  static native @Nullable CpuMask bpfCpumaskCreate();

  @Kfunc(releases = true, since = "6.3")
  static native void bpfCpumaskRelease(CpuMask mask);

  @Kfunc(since = "6.3")
  static native void bpfCpumaskSetCpu(int cpu, CpuMask mask);

  @Kfunc(since = "6.3")
  static native boolean bpfCpumaskTestCpu(int cpu, CpuMask mask);

  @Kfunc(releasedBy = "bpf_task_release", since = "6.2")
  static native @Nullable TaskStruct bpfTaskFromPid(int pid);

  @Kfunc(releases = true, since = "6.2")
  static native void bpfTaskRelease(TaskStruct task);

  private static int keep(Slot slot, CpuMask mask) {
    CpuMask old = slot.mask.exchange(mask);
    if (old == null) {
      return 0;
    }
    bpfCpumaskRelease(old);
    return 1;
  }

  /// Puts a set there, and releases the one before.
  @Syscall
  static int put(Args args) {
    CpuMask mask = bpfCpumaskCreate();
    if (mask == null) {
      return -1;
    }
    bpfCpumaskSetCpu(args.cpu, mask);
    Slot slot = slots.get(0);
    slot.count = 1;
    return keep(slot, mask);
  }

  /// Takes it out, asks it, and puts it back.
  @Syscall
  static int ask(Args args) {
    Slot slot = slots.get(0);
    CpuMask mask = slot.mask.exchange(null);
    if (mask == null) {
      return -1;
    }
    args.answer = bpfCpumaskTestCpu(args.cpu, mask) ? 1 : 0;
    return keep(slot, mask);
  }

  @Syscall
  static int takeAway(Args args) {
    CpuMask mask = slots.get(args.cpu).mask.exchange(null);
    if (mask != null) {
      bpfCpumaskRelease(mask);
      return 1;
    }
    return 0;
  }

  /// An abort releases what is held.
  @Syscall
  static int abort(Args args) {
    CpuMask mask = bpfCpumaskCreate();
    if (mask == null) {
      return -1;
    }
    int weight = weights[args.cpu];
    CpuMask old = slots.get(1).mask.exchange(mask);
    weight += weights[args.answer];
    if (old != null) {
      bpfCpumaskRelease(old);
    }
    return weight;
  }

  /// The entry goes, and with it the task.
  @Syscall
  static int task(Args args) {
    TaskStruct task = bpfTaskFromPid((int) Helpers.getCurrentPidTgid());
    if (task == null) {
      return -1;
    }
    args.answer = task.tgid() >= 0 ? 1 : 0;
    tasks.put(7, new Slot());
    Slot slot = tasks.get(7);
    if (slot == null) {
      bpfTaskRelease(task);
      return -2;
    }
    TaskStruct old = slot.task.exchange(task);
    if (old != null) {
      bpfTaskRelease(old);
      return -3;
    }
    tasks.remove(7);
    return 0;
  }
}
