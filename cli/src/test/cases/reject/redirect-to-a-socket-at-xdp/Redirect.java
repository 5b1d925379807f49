import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.SockMap;
import org.bpf4j.lang.SocketAction;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;

@Bpf(license = "GPL")
public final class Redirect {

  static final SockMap peers = SockMap.create(4);

  @Xdp
  static XdpAction filter() {
    return peers.redirect(1) == SocketAction.PASS ? XdpAction.PASS : XdpAction.DROP;
  }
}
