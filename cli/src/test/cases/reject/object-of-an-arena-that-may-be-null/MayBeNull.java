import org.bpf4j.lang.ArenaStruct;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArena;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class MayBeNull {

  @ArenaStruct
  static final class Node {
    int value;
    @Nullable Node next;
  }

  static final BpfArena nodes = BpfArena.ofPages(4);

  static @Nullable Node head;

  @Xdp
  static XdpAction program(XdpContext context) {
    Node node = nodes.allocate(Node.class);
    node.next = head;
    return XdpAction.PASS;
  }
}
