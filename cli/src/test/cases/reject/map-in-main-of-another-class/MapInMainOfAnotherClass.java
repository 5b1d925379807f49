import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class MapInMainOfAnotherClass {

  static long seen;

  @Xdp
  static XdpAction program(XdpContext context) {
    seen++;
    return XdpAction.PASS;
  }
}
