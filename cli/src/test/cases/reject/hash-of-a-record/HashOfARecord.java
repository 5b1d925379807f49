import java.util.concurrent.TimeUnit;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class HashOfARecord {
  record Link(int index, int queue) {}

  @Xdp
  static XdpAction program(XdpContext ctx) {
    int hash = new Link(ctx.ingressIfindex(), ctx.rxQueueIndex()).hashCode();
    return hash == 0 ? XdpAction.DROP : XdpAction.PASS;
  }

  @Xdp
  static XdpAction timed(XdpContext ctx) {
    return TimeUnit.MILLISECONDS.toNanos(ctx.length()) > 5 ? XdpAction.DROP : XdpAction.PASS;
  }
}
