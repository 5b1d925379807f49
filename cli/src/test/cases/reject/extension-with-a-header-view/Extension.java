import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Freplace;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class Extension {

  @Freplace("verdict")
  static int stricter(XdpContext context, Ethernet frame) {
    return frame == null ? 0 : 1;
  }
}
