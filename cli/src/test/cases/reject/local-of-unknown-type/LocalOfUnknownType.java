import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class LocalOfUnknownType {
  @Xdp
  static XdpAction program(XdpContext context) {
    java.util.List<Integer> list = null;
    return list == null ? XdpAction.PASS : XdpAction.DROP;
  }
}
