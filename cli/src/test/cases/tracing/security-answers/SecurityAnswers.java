import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Lsm;

@Bpf(license = "GPL")
public final class SecurityAnswers {

  @KernelStruct("socket")
  interface Socket {}

  @Lsm("socket_listen")
  static int answer(Socket socket, int backlog) {
    return backlog;
  }

  @Lsm(value = "socket_shutdown", sleepable = true)
  static int divide(Socket socket, int by) {
    return -100 / by;
  }
}
