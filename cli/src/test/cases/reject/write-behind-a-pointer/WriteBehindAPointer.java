import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Operation;
import org.bpf4j.lang.StructOps;

@Bpf(license = "GPL")
@StructOps("tcp_congestion_ops")
public final class WriteBehindAPointer {

  @Operation static final String NAME = "bpf4j_rejected";

  @KernelStruct
  interface Sock {
    TcpSock skSocket();
  }

  @KernelStruct
  interface TcpSock {
    int sndCwnd();

    void sndCwnd(int value);
  }

  static final BpfHashMap<Integer, TcpSock> kept = BpfHashMap.create(4);

  @Operation
  static void congAvoid(Sock socket, int acknowledgement, int packets) {
    TcpSock walked = socket.skSocket();
    if (walked != null) {
      walked.sndCwnd(2);
    }
    TcpSock before = kept.get(1);
    if (before != null) {
      before.sndCwnd(3);
    }
    TcpSock taken = Helpers.viewAt(TcpSock.class, Helpers.addressOf(socket));
    if (taken != null) {
      taken.sndCwnd(4);
    }
  }
}
