import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Walk;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

/// Loops over objects of the kernel, and every way to leave them.
@Bpf(license = "GPL")
public final class Walks {

  @KernelStruct
  interface TaskStruct {
    int pid();

    int tgid();
  }

  @KernelStruct
  interface VmAreaStruct {
    long vmStart();

    long vmEnd();
  }

  @Struct
  static final class Args {
    int limit;
    int count;
  }

  static final BpfHashMap<Integer, Long> seen = BpfHashMap.create(16);
  static final int[] odd = {1, 3, 5, 7};
  static int behind;

  @Syscall
  static int self(Args args) {
    long self = Helpers.addressOf(Helpers.getCurrentTaskBtf(TaskStruct.class));
    int found = 0;
    int all = 0;
    for (TaskStruct thread : Walk.threads(TaskStruct.class)) {
      all++;
      if (Helpers.addressOf(thread) == self) {
        found++;
      }
    }
    return all >= found ? found : -1;
  }

  @Xdp
  static XdpAction protectedAnyway(XdpContext context) {
    long self = Helpers.addressOf(Helpers.getCurrentTaskBtf(TaskStruct.class));
    int found = 0;
    for (TaskStruct thread : Walk.threads(TaskStruct.class)) {
      found += Helpers.addressOf(thread) == self ? 1 : 0;
    }
    return found == 1 ? XdpAction.DROP : XdpAction.PASS;
  }

  /// Out of a loop in a loop, in each way.
  @Syscall
  static int nested(Args args) {
    TaskStruct self = Helpers.getCurrentTaskBtf(TaskStruct.class);
    int rounds = 0;
    processes:
    for (TaskStruct process : Walk.processes(TaskStruct.class)) {
      for (TaskStruct thread : Walk.threadsOf(self, TaskStruct.class)) {
        rounds++;
        if (thread.tgid() != self.tgid() || process.tgid() < 0) {
          return -1;
        }
        if (args.limit == 1) {
          continue processes;
        } else if (args.limit == 2) {
          break processes;
        } else if (args.limit == 3) {
          continue;
        } else if (args.limit == 4) {
          break;
        } else if (args.limit == 5) {
          return 5;
        }
        seen.put(args.limit, thread.pid() < 0 ? 1L : 2L);
      }
      behind = 1;
    }
    return rounds > 0 ? args.limit : -2;
  }

  /// The first round aborts.
  @Syscall
  static int aborted(Args args) {
    for (TaskStruct process : Walk.processes(TaskStruct.class)) {
      behind += odd[args.limit] + (process.pid() < 0 ? 1 : 0);
      for (TaskStruct thread : Walk.threads(TaskStruct.class)) {
        args.count += odd[args.limit + 1] + thread.tgid();
      }
    }
    return 1;
  }

  static TaskStruct first(int not) {
    for (TaskStruct process : Walk.processes(TaskStruct.class)) {
      if (process.tgid() != not) {
        return process;
      }
    }
    return null;
  }

  /// A function that returns from its loop, in a loop.
  @Syscall
  static int inFunctions(Args args) {
    int rounds = 0;
    for (TaskStruct process : Walk.processes(TaskStruct.class)) {
      TaskStruct other = first(-1);
      if (other == null) {
        return -1;
      }
      rounds++;
      int more =
          switch (args.limit) {
            case 1 -> {
              for (TaskStruct each : Walk.threads(TaskStruct.class)) {
                if (each.pid() >= process.pid()) {
                  yield 1;
                }
              }
              yield 2;
            }
            default -> 0;
          };
      if (more == 1) {
        return 11;
      }
      if (rounds >= args.limit) {
        break;
      }
    }
    return rounds;
  }

  @Syscall
  static int areas(Args args) {
    TaskStruct self = Helpers.getCurrentTaskBtf(TaskStruct.class);
    long end = 0;
    for (VmAreaStruct area : Walk.areas(self, 0, VmAreaStruct.class)) {
      if (area.vmStart() < end || area.vmEnd() <= area.vmStart()) {
        return -1;
      }
      end = area.vmEnd();
    }
    return 3;
  }
}
