import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class MapOfVariableSize {
  static final BpfHashMap<Integer, Long> seen = BpfHashMap.create(Runtime.version().feature());

  @Xdp
  static XdpAction program(XdpContext context) {
    return seen.containsKey(1) ? XdpAction.PASS : XdpAction.DROP;
  }
}
