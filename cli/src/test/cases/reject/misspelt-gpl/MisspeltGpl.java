import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL-2.0")
public final class MisspeltGpl {

  @Xdp
  static XdpAction program(XdpContext context) {
    return XdpAction.PASS;
  }
}
