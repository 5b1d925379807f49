import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Walk;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL", minKernel = "6.13")
public final class WalksOfOthers {

  @KernelStruct
  interface TaskStruct {
    int pid();
  }

  @KernelStruct
  interface KmemCache {
    int size();
  }

  @KernelStruct
  interface File {}

  @Struct
  static final class Args {
    int x;
  }

  @Syscall
  static int another(Args args) {
    for (File file : Walk.processes(File.class)) {
      args.x += Helpers.addressOf(file) == 0 ? 1 : 0;
    }
    return 1;
  }

  @Xdp
  static XdpAction sleeping(XdpContext context) {
    int size = 0;
    for (KmemCache cache : Walk.caches(KmemCache.class)) {
      size += cache.size();
    }
    return size > 3 ? XdpAction.PASS : XdpAction.DROP;
  }

  @Syscall
  static int value(Args args) {
    Object first = Walk.processes(TaskStruct.class).iterator();
    Iterable<TaskStruct> tasks = Walk.processes(TaskStruct.class);
    for (Object task : Walk.processes(TaskStruct.class)) {
      args.x++;
    }
    return 1;
  }

  @Syscall
  static int lent(Args args) {
    for (TaskStruct process : Walk.processes(TaskStruct.class)) {
      for (TaskStruct each : Walk.threadsOf(process, TaskStruct.class)) {
        args.x += each.pid();
      }
    }
    return 1;
  }
}
