import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL", minKernel = "5.15")
public final class LoopNewerThanTheFloor {

  @Xdp
  static XdpAction program(XdpContext context) {
    return Helpers.loop(3, i -> i < 2) == 3 ? XdpAction.PASS : XdpAction.DROP;
  }
}
