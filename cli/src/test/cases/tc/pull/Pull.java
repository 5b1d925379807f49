import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;

@Bpf(license = "GPL")
public final class Pull {

  @Tc
  static TcAction look(TcContext context) {
    if (!context.pull(context.length())) {
      return TcAction.SHOT;
    }
    Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) {
      return TcAction.PIPE;
    }
    ip.typeOfService(0x10);
    return ip.destination() == 0x0a000002 ? TcAction.OK : TcAction.UNSPEC;
  }
}
