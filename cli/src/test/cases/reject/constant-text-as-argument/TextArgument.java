import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class TextArgument {

  static int length(String text) {
    return 1;
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    return length("abc") == 3 ? XdpAction.DROP : XdpAction.PASS;
  }
}
