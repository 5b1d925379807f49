import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL", minKernel = "5.15")
public final class FragsNewerThanTheFloor {

  @Xdp(frags = true)
  static XdpAction program(XdpContext context) {
    return XdpAction.PASS;
  }
}
