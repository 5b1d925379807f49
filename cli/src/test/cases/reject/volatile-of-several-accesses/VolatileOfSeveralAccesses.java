import org.bpf4j.lang.Be24;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class VolatileOfSeveralAccesses {

  record Pair(int first, int second) {}

  @Struct
  static final class Args {
    @Be24 volatile int network;
    volatile Pair pair;
  }

  static volatile Pair last = new Pair(1, 2);
  @Config static volatile int limit;

  @Syscall
  static int program(Args args) {
    args.network = limit;
    last = args.pair;
    return 1;
  }
}
