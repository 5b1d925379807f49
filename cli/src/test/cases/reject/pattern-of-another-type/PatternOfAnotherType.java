import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Context;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class PatternOfAnotherType {

  sealed interface Shape {}

  record Circle(int radius) implements Shape {}

  record Square(int side) implements Shape {}

  static int size(Circle circle) {
    return circle instanceof Shape ? circle.radius() : 0;
  }

  static int sizeOf(Square square) {
    return switch (square) {
      case Shape shape -> 1;
    };
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    if (!(context instanceof Context other)) {
      return XdpAction.ABORTED;
    }
    return size(new Circle(context.length())) > sizeOf(new Square(5))
        ? XdpAction.PASS
        : XdpAction.DROP;
  }
}
