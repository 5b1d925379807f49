import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Checksum;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Tcp;
import org.bpf4j.lang.net.TcpMaximumSegmentSize;
import org.bpf4j.lang.net.TcpOption;
import org.bpf4j.lang.net.TcpTimestamps;
import org.bpf4j.lang.net.TcpWindowScale;

@Bpf(license = "GPL")
public final class TcpOptions {

  static final int LARGEST = 1400;

  /// More options than a SYN has; to walk through all 40 that fit takes the verifiers of some
  /// kernels more steps than they take.
  static final int MOST = 12;

  static int options;
  static int scale;
  static int clock;

  /// Clamps the maximum segment size.
  @Xdp
  static XdpAction clamp(XdpContext context) {
    Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.protocol() != IpProtocol.TCP) {
      return XdpAction.PASS;
    }
    int at = Ethernet.BYTES + ip.headerBytes();
    Tcp tcp = context.header(Tcp.class, at);
    if (tcp == null || !tcp.has(Tcp.SYN)) {
      return XdpAction.PASS;
    }
    int end = at + tcp.headerBytes();
    int option = at + Tcp.BYTES;
    XdpAction action = XdpAction.PASS;
    for (int i = 0; i < MOST && option < end; i++) {
      TcpOption next = context.header(TcpOption.class, option);
      if (next == null || next.kind() == TcpOption.END) {
        break;
      }
      options++;
      if (next.kind() == TcpOption.MAXIMUM_SEGMENT_SIZE) {
        TcpMaximumSegmentSize size = context.header(TcpMaximumSegmentSize.class, option);
        if (size == null) {
          return XdpAction.DROP;
        }
        if (size.size() > LARGEST && option % 2 == 0) {
          tcp.checksum(Checksum.replace16(tcp.checksum(), size.size(), LARGEST));
          size.size(LARGEST);
          action = XdpAction.TX;
        }
      } else if (next.kind() == TcpOption.WINDOW_SCALE) {
        TcpWindowScale window = context.header(TcpWindowScale.class, option);
        if (window != null) {
          scale = window.shift();
        }
      } else if (next.kind() == TcpOption.TIMESTAMPS) {
        TcpTimestamps timestamps = context.header(TcpTimestamps.class, option);
        if (timestamps != null) {
          clock = timestamps.value();
        }
      }
      option += next.optionBytes();
    }
    return action;
  }
}
