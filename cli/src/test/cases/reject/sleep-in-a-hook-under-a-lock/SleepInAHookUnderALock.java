import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Lsm;

@Bpf(license = "GPL")
public final class SleepInAHookUnderALock {

  @KernelStruct("task_struct")
  interface Task {
    int pid();
  }

  @Lsm(value = "task_kill", sleepable = true)
  static int onKill(Task target) {
    return target.pid() == 1 ? -1 : 0;
  }
}
