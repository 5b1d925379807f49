import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.LwtAction;
import org.bpf4j.lang.LwtContext;
import org.bpf4j.lang.LwtSeg6local;
import org.bpf4j.lang.U8;
import org.bpf4j.lang.net.Ipv6;

@Bpf(license = "GPL")
public final class Segments {

  static final int ROUTING = 43;
  static final int TAG = 6;

  @Header(bytes = 8)
  interface Routing {
    @U8
    int nextHeader();

    @U8
    int length();

    @U8
    int type();

    @U8
    int segmentsLeft();
  }

  static int seen;
  static int left = -1;
  static int last;
  static int stored;

  @LwtSeg6local
  static LwtAction end(LwtContext context) {
    seen++;
    Ipv6 ip = context.header(Ipv6.class, 0);
    if (ip == null || ip.nextHeader() != ROUTING) {
      return LwtAction.DROP;
    }
    last = (int) ip.destination().low();
    Routing routing = context.header(Routing.class, Ipv6.BYTES);
    if (routing == null || routing.type() != 4) {
      return LwtAction.DROP;
    }
    left = routing.segmentsLeft();
    return LwtAction.OK;
  }

  @LwtSeg6local
  static LwtAction tag(LwtContext context) {
    byte[] tag = {0x12, 0x34};
    stored = Helpers.lwtSeg6StoreBytes(context, Ipv6.BYTES + TAG, tag);
    seen++;
    return stored == 0 ? LwtAction.OK : LwtAction.DROP;
  }
}
