import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class PacketGivenToAHelper {

  @Tc
  static TcAction program(TcContext context) {
    Ethernet eth = context.header(Ethernet.class, 0);
    if (eth == null) {
      return TcAction.SHOT;
    }
    Helpers.skbStoreBytes(context, 14, eth, 0);
    return TcAction.OK;
  }
}
