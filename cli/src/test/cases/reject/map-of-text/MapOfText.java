import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class MapOfText {
  static final BpfHashMap<String, Long> seen = BpfHashMap.create(16);

  @Xdp
  static XdpAction program(XdpContext context) {
    return XdpAction.PASS;
  }
}
