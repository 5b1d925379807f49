import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.NetkitPeer;
import org.bpf4j.lang.NetkitPrimary;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class Netkit {

  static int there;
  static int back;

  @NetkitPrimary
  static TcAction out(TcContext context) {
    there += context.length();
    return context.length() > 1000 ? TcAction.SHOT : TcAction.OK;
  }

  @NetkitPeer
  static TcAction in(TcContext context) {
    context.mark(7);
    back++;
    return TcAction.UNSPEC;
  }
}
