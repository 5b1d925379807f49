import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfSock;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.SkLookup;
import org.bpf4j.lang.SkLookupContext;
import org.bpf4j.lang.SockMap;
import org.bpf4j.lang.SocketAction;

@Bpf(license = "GPL")
public final class LostSocket {

  static final SockMap servers = SockMap.create(2);

  @SkLookup
  static SocketAction steer(SkLookupContext context) {
    BpfSock server = servers.get(0);
    if (server == null) {
      return SocketAction.PASS;
    }
    if (Helpers.skAssign(context, server, 0) != 0) {
      return SocketAction.DROP;
    }
    Helpers.skRelease(server);
    return SocketAction.PASS;
  }
}
