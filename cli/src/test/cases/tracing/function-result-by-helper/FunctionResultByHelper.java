import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Fexit;
import org.bpf4j.lang.KernelStruct;

@Bpf(license = "GPL", minKernel = "5.17")
public final class FunctionResultByHelper {

  @KernelStruct("sock")
  interface Sock {}

  static long seen;

  @Fexit("tcp_v4_connect")
  static void done(Sock socket, int result) {
    seen = 1000 + result;
  }
}
