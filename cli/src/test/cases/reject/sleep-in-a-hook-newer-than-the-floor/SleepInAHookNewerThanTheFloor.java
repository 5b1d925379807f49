import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Lsm;

@Bpf(license = "GPL", minKernel = "5.10")
public final class SleepInAHookNewerThanTheFloor {

  @KernelStruct("socket")
  interface Socket {}

  @Lsm(value = "socket_shutdown", sleepable = true)
  static int onShutdown(Socket socket, int how) {
    return 0;
  }
}
