import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Operation;
import org.bpf4j.lang.StructOps;

@Bpf(license = "GPL", minKernel = "5.15")
@StructOps("tcp_congestion_ops")
public final class WriteNewerThanTheFloor {

  @Operation static final String NAME = "bpf4j_rejected";

  @KernelStruct
  interface Sock {
    @Field("sk_pacing_rate")
    long rate();

    void rate(long value);
  }

  @Operation
  static void congAvoid(Sock socket, int acknowledgement, int packets) {
    socket.rate(1_000_000);
  }
}
