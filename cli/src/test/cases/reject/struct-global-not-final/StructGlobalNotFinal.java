import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class StructGlobalNotFinal {

  @Struct
  static final class Point {
    int x;
  }

  static Point last = new Point();

  @Xdp
  static XdpAction program(XdpContext context) {
    return last.x > 0 ? XdpAction.DROP : XdpAction.PASS;
  }
}
