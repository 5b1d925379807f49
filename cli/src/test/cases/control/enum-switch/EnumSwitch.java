import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Value;

@Bpf(license = "GPL")
public final class EnumSwitch {

  enum Colour {
    RED,
    @Value(7)
    GREEN,
    BLUE
  }

  @Struct
  static final class Args {
    Colour colour;
  }

  @Syscall
  static int number(Args args) {
    Colour next =
        switch (args.colour) {
          case RED -> Colour.GREEN;
          case GREEN -> Colour.BLUE;
          case BLUE -> Colour.RED;
        };
    args.colour = next;
    return next == Colour.RED ? -1 : next.ordinal();
  }
}
