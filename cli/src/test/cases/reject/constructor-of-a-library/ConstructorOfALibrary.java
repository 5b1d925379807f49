import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class ConstructorOfALibrary {

  @Xdp
  static XdpAction plain(XdpContext context) {
    Lengths.Plain range = new Lengths.Plain(1, context.length(), (byte) 1);
    return range.to() > range.from() ? XdpAction.DROP : XdpAction.PASS;
  }

  @Xdp
  static XdpAction ordered(XdpContext context) {
    Lengths.Ordered range = new Lengths.Ordered(100, context.length());
    return range.to() > 200 ? XdpAction.DROP : XdpAction.PASS;
  }

  @Xdp
  static XdpAction exchanged(XdpContext context) {
    return new Lengths.Exchanged(1, context.length()).to() > 200 ? XdpAction.DROP : XdpAction.PASS;
  }
}
