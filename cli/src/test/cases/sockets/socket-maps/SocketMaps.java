import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.ReuseportSockArray;
import org.bpf4j.lang.SkReuseport;
import org.bpf4j.lang.SkReuseportContext;
import org.bpf4j.lang.SockHash;
import org.bpf4j.lang.SockMap;
import org.bpf4j.lang.SockOps;
import org.bpf4j.lang.SockOpsContext;
import org.bpf4j.lang.SocketAction;

@Bpf(license = "GPL")
public final class SocketMaps {

  static final SockMap byNumber = SockMap.create(2);
  static final SockHash<Integer> byPort = SockHash.create(2);
  static final ReuseportSockArray servers = ReuseportSockArray.create(4);
  static int put;
  static int again;

  @SockOps
  static void established(SockOpsContext context) {
    if (context.operation() == SockOpsContext.PASSIVE_ESTABLISHED) {
      put += byPort.putSocket(context.remotePort()) ? 1 : 0;
      put += byNumber.putSocketIfAbsent(1) ? 1 : 0;
      again += byNumber.putSocketIfAbsent(1) ? 1 : 0;
      again += byNumber.putSocket(2) ? 1 : 0;
    }
  }

  @SkReuseport
  static SocketAction choose(SkReuseportContext context) {
    return servers.select(context.length() & 1) ? SocketAction.PASS : SocketAction.DROP;
  }
}
