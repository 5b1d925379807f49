import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.CpuMap;
import org.bpf4j.lang.DevMap;
import org.bpf4j.lang.DevMapHash;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XskMap;

@Bpf(license = "GPL")
public final class Redirect {

  static final DevMap ports = DevMap.create(8);
  static final DevMapHash interfaces = DevMapHash.create(8);
  static final CpuMap cpus = CpuMap.create(4);
  static final XskMap sockets = XskMap.create(4);
  static int key;

  @Xdp
  static XdpAction toPort() {
    return ports.redirect(3, XdpAction.DROP);
  }

  @Xdp
  static XdpAction toInterface() {
    return interfaces.redirect(1_000_000, XdpAction.TX);
  }

  @Xdp
  static XdpAction toCpu() {
    XdpAction action = cpus.redirect(key, XdpAction.PASS);
    return action == XdpAction.REDIRECT ? XdpAction.DROP : action;
  }

  @Xdp
  static XdpAction toSocket() {
    return sockets.redirect(0, XdpAction.REDIRECT);
  }
}
