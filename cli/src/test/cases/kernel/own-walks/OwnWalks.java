import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.jspecify.annotations.Nullable;

/// Iterators of the kernel that the program declares.
@Bpf(license = "GPL")
public final class OwnWalks {

  @KernelStruct
  interface TaskStruct {
    int pid();
  }

  @Struct
  static final class Args {
    int from;
    int to;
  }

  static final int[] odd = {1, 3, 5, 7};
  static int behind;

  @Kfunc(since = "6.4")
  static native Iterable<Integer> bpfIterNum(int from, int to);

  @Kfunc(value = "bpf_iter_task", since = "6.7")
  static native Iterable<TaskStruct> tasks(@Nullable TaskStruct task, int flags);

  @Syscall
  static int numbers(Args args) {
    int sum = 0;
    for (int number : bpfIterNum(args.from, args.to)) {
      if (number == 7) {
        break;
      }
      sum = 10 * sum + number;
    }
    return sum;
  }

  @Syscall
  static int aborted(Args args) {
    for (var number : bpfIterNum(args.from, args.to)) {
      behind += odd[number];
    }
    return 1;
  }

  @Syscall
  static int inSleep(Args args) {
    int tasks = 0;
    for (TaskStruct task : tasks(null, 1)) {
      tasks += task.pid() >= 0 ? 1 : 0;
      if (tasks == 1) {
        return args.to;
      }
    }
    return -1;
  }

  @Xdp
  static XdpAction awake(XdpContext ctx) {
    int tasks = 0;
    for (TaskStruct task : tasks(null, 0)) {
      tasks += task.pid() >= 0 ? 1 : 0;
    }
    return tasks > 0 ? XdpAction.PASS : XdpAction.DROP;
  }
}
