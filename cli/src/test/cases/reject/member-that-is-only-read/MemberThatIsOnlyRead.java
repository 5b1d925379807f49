import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Fentry;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Operation;
import org.bpf4j.lang.StructOps;

@Bpf(license = "GPL")
@StructOps("tcp_congestion_ops")
public final class MemberThatIsOnlyRead {

  @Operation static final String NAME = "bpf4j_rejected";

  @KernelStruct
  interface TcpSock {
    int sndCwnd();

    void sndCwnd(int value);

    int rcvWnd();

    void rcvWnd(int value);
  }

  @Operation
  static void congAvoid(TcpSock socket, int acknowledgement, int packets) {
    socket.sndCwnd(2);
    socket.rcvWnd(2);
  }

  @Fentry("tcp_cong_avoid_ai")
  static void increase(TcpSock socket, int window, int acknowledged) {
    socket.sndCwnd(3);
  }
}
