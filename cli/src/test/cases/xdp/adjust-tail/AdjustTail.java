import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class AdjustTail {

  @Xdp
  static XdpAction cut(XdpContext context) {
    int surplus = context.length() - 20;
    if (surplus > 0 && !context.adjustTail(-surplus)) {
      return XdpAction.ABORTED;
    }
    return context.length() == 20 ? XdpAction.TX : XdpAction.PASS;
  }
}
