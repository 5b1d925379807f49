import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class Constants {

  record Range(int from, int to) {}

  static final int[] SQUARES = {0, 1, 4, 9, 16};
  static final byte[] SIGNS = {-1, 1};
  static final Range ALLOWED = new Range(15, 18);
  static final long BIG = 1L << 40;
  private static final int OFFSET = 14;

  @Xdp
  static XdpAction look(XdpContext context) {
    int at = context.length() - OFFSET;
    long square = SQUARES[at] * SIGNS[at & 1] * BIG;
    boolean allowed = at + OFFSET >= ALLOWED.from() && at + OFFSET < ALLOWED.to();
    return !allowed ? XdpAction.PASS : square < 0 ? XdpAction.DROP : XdpAction.TX;
  }
}
