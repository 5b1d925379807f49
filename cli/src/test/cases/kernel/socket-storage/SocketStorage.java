import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfSkStorage;
import org.bpf4j.lang.BpfSock;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.SockTuple4;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class SocketStorage {

  static final BpfSkStorage<AtomicLong> packets = BpfSkStorage.create();

  static long seen;

  @Tc
  static TcAction count(TcContext context) {
    BpfSock socket = Helpers.skLookupUdp(context, new SockTuple4(), -1, 0);
    if (socket == null) {
      return TcAction.OK;
    }
    AtomicLong count = packets.getOrCreate(socket);
    if (count != null) {
      seen = count.incrementAndGet();
    }
    if (packets.get(socket) == null) {
      packets.delete(socket);
    }
    Helpers.skRelease(socket);
    return TcAction.SHOT;
  }
}
