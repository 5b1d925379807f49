import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class PerfEvents {

  @Struct
  static final class Seen {
    int length;
    long number;
  }

  static final PerfEventArray<Seen> events = PerfEventArray.create();
  static long count;

  @Xdp
  static XdpAction report(XdpContext ctx) {
    Seen seen = new Seen();
    seen.length = ctx.length();
    seen.number = ++count;
    if (!events.output(ctx, seen)) {
      return XdpAction.ABORTED;
    }
    seen.number = -1;
    return events.output(seen) ? XdpAction.PASS : XdpAction.ABORTED;
  }
}
