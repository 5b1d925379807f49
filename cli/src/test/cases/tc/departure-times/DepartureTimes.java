import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

/// When packets leave, and what else the kernel knows of one.
@Bpf(license = "GPL")
public final class DepartureTimes {

  static long before;
  static long after;
  static int type;
  static int others;

  @Tc
  static TcAction pace(TcContext context) {
    before = context.timestamp();
    context.timestamp(Math.max(before, 1_000L) + context.length() * 1_000_000L);
    after = context.timestamp();
    type = context.packetType();
    others = context.vlanPresent() + context.gsoSegments() + context.gsoSize() + context.napiId();
    return TcAction.OK;
  }
}
