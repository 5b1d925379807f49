import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class InstanceState {

  int count;

  @Tc
  TcAction count(TcContext context) {
    count++;
    return TcAction.OK;
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    return XdpAction.PASS;
  }
}
