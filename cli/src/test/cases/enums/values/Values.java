import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Value;
import org.bpf4j.lang.XdpAction;

@Bpf(license = "GPL")
public final class Values {

  enum Level {
    LOW,
    MIDDLE,
    HIGH
  }

  enum Port {
    @Value(22)
    SSH,
    @Value(80)
    HTTP,
    @Value(443)
    HTTPS
  }

  @Struct
  static final class Args {
    int a;
    Level level;
    Port port;
  }

  @Syscall
  static int each(Args args) {
    int sum = 0;
    for (Level level : Level.values()) {
      sum = sum * 10 + level.ordinal() + 1;
      if (level == args.level) {
        break;
      }
    }
    for (Port port : Port.values()) {
      sum =
          sum * 10
              + switch (port) {
                case SSH -> 7;
                case HTTP -> 8;
                case HTTPS -> port == args.port ? 9 : 0;
              };
    }
    return sum;
  }

  @Syscall
  static int indexed(Args args) {
    Level level = Level.values()[args.a];
    Port port = Port.values()[args.a];
    Port[] ports = Port.values();
    int same = ports[args.port.ordinal()] == args.port ? 1 : 0;
    return level.ordinal() * 100 + (port == Port.HTTP ? 10 : 0) + same + ports.length * 1_000;
  }

  @Syscall
  static int ofTheLibrary(Args args) {
    return XdpAction.values()[args.a].ordinal() + XdpAction.values().length * 10;
  }
}
