import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Ksym;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Variables {

  @KernelStruct
  interface TaskStruct {
    int pid();

    int tgid();
  }

  @Ksym(optional = true)
  static long jiffies;

  @Ksym(value = "init_task", optional = true)
  static TaskStruct first;

  @Ksym(optional = true)
  static int bpf4jNoSuchVariable;

  static boolean ticks;
  static int pid;
  static int missing;

  @Syscall
  static int look() {
    ticks = jiffies != 0;
    pid = first.pid() + first.tgid() + 1;
    missing = bpf4jNoSuchVariable;
    return Helpers.kernelHas("init_task") ? 1 : 2;
  }
}
