import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class Shapes {

  sealed interface Shape permits Circle, Square {}

  record Circle(int radius) implements Shape {}

  record Square(int side) implements Shape {}

  static int size(Shape shape) {
    return switch (shape) {
      case Circle(int radius) -> radius;
      case Square(int side) -> side;
    };
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    Shape shape = new Circle(context.length());
    return size(shape) == 3 ? XdpAction.DROP : XdpAction.PASS;
  }
}
