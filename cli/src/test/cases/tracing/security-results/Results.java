import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Lsm;

/// Behind all arguments of a security hook is what a program before this one answered.
@Bpf(license = "GPL")
public final class Results {

  @KernelStruct
  interface TaskStruct {}

  @KernelStruct
  interface Socket {}

  @KernelStruct
  interface Sockaddr {}

  static int refused;
  static int last;

  @Lsm("task_setnice")
  static int nice(TaskStruct task, int nice, int before) {
    if (before != 0) {
      refused++;
      last = before;
      return before;
    }
    return nice < 0 ? -1 : 0;
  }

  @Lsm("socket_connect")
  static int connect(Socket socket, Sockaddr to, int length, int before) {
    last = length;
    return before;
  }

  @Lsm("task_setnice")
  static int withoutIt(TaskStruct task, int nice) {
    return nice == 19 ? -13 : 0;
  }
}
