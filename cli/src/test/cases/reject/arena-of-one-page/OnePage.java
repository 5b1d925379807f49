import org.bpf4j.lang.ArenaStruct;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArena;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class OnePage {

  @ArenaStruct
  static final class Node {
    int value;
  }

  static final BpfArena nodes = BpfArena.ofPages(1);

  @Xdp
  static XdpAction program(XdpContext context) {
    return nodes.allocate(Node.class) == null ? XdpAction.PASS : XdpAction.DROP;
  }
}
