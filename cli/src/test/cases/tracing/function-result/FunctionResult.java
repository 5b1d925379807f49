import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Fexit;
import org.bpf4j.lang.KernelStruct;

@Bpf(license = "GPL")
public final class FunctionResult {

  @KernelStruct("sock")
  interface Sock {}

  @KernelStruct("sockaddr")
  interface Sockaddr {}

  static long seen;

  @Fexit("tcp_v4_connect")
  static void done(Sock socket, Sockaddr address, int length, int result) {
    seen = length * 10 + result;
  }
}
