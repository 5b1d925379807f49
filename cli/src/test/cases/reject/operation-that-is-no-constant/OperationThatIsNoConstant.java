import org.bpf4j.lang.*;

@Bpf(license = "GPL")
@StructOps("tcp_congestion_ops")
public final class OperationThatIsNoConstant {
  @Operation static int flags = 1;

  @Operation
  static int ssthresh() {
    return 2;
  }
}
