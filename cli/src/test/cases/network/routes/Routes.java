import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.LwtAction;
import org.bpf4j.lang.LwtContext;
import org.bpf4j.lang.LwtIn;
import org.bpf4j.lang.LwtOut;
import org.bpf4j.lang.LwtXmit;
import org.bpf4j.lang.LwtXmitContext;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Udp;

@Bpf(license = "GPL")
public final class Routes {

  static int arrived;
  static int left;
  static int transmitted;

  @LwtIn
  static LwtAction in(LwtContext context) {
    Ipv4 ip = context.header(Ipv4.class, 0);
    if (ip == null || ip.ttl() < 2) {
      return LwtAction.DROP;
    }
    arrived += context.length();
    context.mark(7);
    return LwtAction.OK;
  }

  @LwtOut
  static LwtAction out(LwtContext context) {
    Udp udp = context.load(Udp.class, Ipv4.BYTES);
    if (udp != null && udp.destinationPort() == 53) {
      return LwtAction.DROP;
    }
    left++;
    return context.priority() == 9 ? LwtAction.REROUTE : LwtAction.OK;
  }

  @LwtXmit
  static LwtAction transmit(LwtXmitContext context) {
    if (!context.pull(Ipv4.BYTES + Udp.BYTES)) {
      return LwtAction.DROP;
    }
    Ipv4 ip = context.header(Ipv4.class, 0);
    Udp udp = context.header(Udp.class, Ipv4.BYTES);
    if (ip == null || udp == null || ip.protocol() != IpProtocol.UDP) {
      return LwtAction.OK;
    }
    transmitted++;
    udp.sourcePort(4000);
    udp.checksum(0);
    return LwtAction.OK;
  }
}
