import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class RawMap {
  @SuppressWarnings("rawtypes")
  static final BpfHashMap seen = BpfHashMap.create(16);

  @Xdp
  static XdpAction program(XdpContext context) {
    return XdpAction.PASS;
  }
}
