import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class InAnArena {
  @Struct
  static final class Inner {
    int version = 3;
  }

  @ArenaStruct
  static final class Node {
    int zero = 0;
    final Inner inner = new Inner();
  }

  static final BpfArena nodes = BpfArena.ofPages(4);

  @Xdp
  static XdpAction program(XdpContext context) {
    Node node = nodes.allocate(Node.class);
    return node == null || node.inner.version == 0 ? XdpAction.DROP : XdpAction.PASS;
  }
}
