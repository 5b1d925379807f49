import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;

@Bpf(license = "GPL")
public final class HeaderAsBuffer {

  static long sum;

  /// The words of a header with the right checksum add up to all ones.
  @Tc
  static TcAction add(TcContext context) {
    Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) {
      return TcAction.SHOT;
    }
    sum = Helpers.csumDiff(null, ip, 0);
    return sum == 0xffff ? TcAction.OK : TcAction.PIPE;
  }
}
