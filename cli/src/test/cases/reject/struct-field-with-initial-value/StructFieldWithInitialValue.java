import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class StructFieldWithInitialValue {
  @Struct
  static final class Stats {
    long packets = 3;
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    Stats s = new Stats();
    return s.packets == 0 ? XdpAction.DROP : XdpAction.PASS;
  }
}
