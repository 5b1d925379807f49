import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Operation;
import org.bpf4j.lang.StructOps;

@Bpf(license = "GPL")
@StructOps("tcp_congestion_ops")
public final class StructOfFunctions {

  @Operation static final String NAME = "bpf4j_case";

  @Operation static final int FLAGS = 1;

  @KernelStruct
  interface Sock {}

  static final int SHARE = 100;

  static long acknowledged;
  static int divisor;

  @Operation
  static void congAvoid(Sock socket, int acknowledgement, int packets) {
    acknowledged += packets * SHARE;
  }

  @Operation("ssthresh")
  static int threshold(Sock socket) {
    return (int) acknowledged / divisor;
  }

  @Operation
  static int undoCwnd() {
    return 5;
  }
}
