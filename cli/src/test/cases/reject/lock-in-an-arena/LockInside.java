import org.bpf4j.lang.ArenaStruct;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArena;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class LockInside {

  @ArenaStruct
  static final class Node {
    int value;
    final BpfSpinLock lock = new BpfSpinLock();
  }

  static final BpfArena nodes = BpfArena.ofPages(4);

  @Xdp
  static XdpAction program(XdpContext context) {
    return nodes.allocate(Node.class) == null ? XdpAction.PASS : XdpAction.DROP;
  }
}
