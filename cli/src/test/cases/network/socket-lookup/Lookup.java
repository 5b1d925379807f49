import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.SkLookup;
import org.bpf4j.lang.SkLookupContext;
import org.bpf4j.lang.SocketAction;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv6Address;

@Bpf(license = "GPL")
public final class Lookup {

  static int remote;
  static int remotePort;
  static int asked;

  @SkLookup
  static SocketAction refuse(SkLookupContext context) {
    asked++;
    remote = context.remoteAddress();
    remotePort = context.remotePort();
    if (context.family() == 10) {
      Ipv6Address to = context.localAddress6();
      return to.isMulticast() ? SocketAction.DROP : SocketAction.PASS;
    }
    return context.protocol() == IpProtocol.TCP && context.localPort() % 2 == 1
        ? SocketAction.DROP
        : SocketAction.PASS;
  }
}
