import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class LoopCarriedNew {

  @Struct
  static final class Point {
    int x;
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    Point last = new Point();
    for (int i = 0; i < 3; i++) {
      Point point = new Point();
      point.x = last.x + i;
      last = point;
    }
    return last.x > 2 ? XdpAction.DROP : XdpAction.PASS;
  }
}
