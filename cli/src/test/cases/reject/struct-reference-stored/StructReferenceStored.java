import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class StructReferenceStored {

  @Struct
  static final class Point {
    int x;
  }

  @Struct
  static final class Line {
    final Point[] ends = Structs.fill(new Point[2], Point::new);
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    Line line = new Line();
    Point end = new Point();
    end.x = context.length();
    line.ends[0] = end;
    return line.ends[0].x > 60 ? XdpAction.DROP : XdpAction.PASS;
  }
}
