import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.FmodRet;
import org.bpf4j.lang.KernelStruct;

@Bpf(license = "GPL")
public final class AnswersInstead {

  @KernelStruct("socket")
  interface Socket {}

  static final int EACCES = 13;

  static int shutdowns;
  static int divisor;

  @FmodRet("security_socket_shutdown")
  static int shutdown(Socket socket, int how, int before) {
    shutdowns++;
    return how == 0 ? -EACCES : before;
  }

  @FmodRet("security_socket_listen")
  static int listen(Socket socket, int backlog, int before) {
    return before + backlog / divisor;
  }
}
