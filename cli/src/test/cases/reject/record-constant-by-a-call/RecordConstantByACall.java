import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class RecordConstantByACall {
  record Share(int percent) {
    Share {
      percent = bounded(percent);
    }
  }

  static int bounded(int percent) {
    return percent > 100 ? 100 : percent;
  }

  record Positive(int number) {
    Positive {
      if (number <= 0) throw new IllegalArgumentException("not positive");
    }
  }

  static final Share LIMIT = new Share(150);
  static final Positive WRONG = new Positive(0);

  @Xdp
  static XdpAction program(XdpContext ctx) {
    return ctx.length() > LIMIT.percent() + WRONG.number() ? XdpAction.DROP : XdpAction.PASS;
  }
}
