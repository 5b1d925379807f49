import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class StructFieldWithInitialValue {
  @Struct
  static final class Stats {
    long time = Helpers.ktimeGetNs();
    final int version = 3;
    @U8 int ttl = 256;
    @Be16 int port = -1;
  }

  @ArenaStruct
  static final class Node {
    int version = 3;
  }

  static final BpfArena nodes = BpfArena.ofPages(4);

  @Xdp
  static XdpAction program(XdpContext context) {
    Stats s = new Stats();
    Node node = nodes.allocate(Node.class);
    return node == null || s.time == 0 ? XdpAction.DROP : XdpAction.PASS;
  }
}
