import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class SynchronizedBlock {

  @Xdp
  static XdpAction program(XdpContext context) {
    synchronized (context) {
      return XdpAction.PASS;
    }
  }
}
