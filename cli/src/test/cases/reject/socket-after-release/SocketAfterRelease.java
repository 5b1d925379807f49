import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfSock;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.SockTuple4;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class SocketAfterRelease {

  @Tc
  static TcAction program(TcContext context) {
    BpfSock socket = Helpers.skLookupTcp(context, new SockTuple4(), -1, 0);
    if (socket == null) {
      return TcAction.OK;
    }
    Helpers.skRelease(socket);
    return socket.state() == 1 ? TcAction.OK : TcAction.SHOT;
  }
}
