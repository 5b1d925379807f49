import org.bpf4j.lang.ArenaStruct;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class NoArena {

  @ArenaStruct
  static final class Node {
    int value;
    @Nullable Node next;
  }

  static @Nullable Node head;

  @Xdp
  static XdpAction program(XdpContext context) {
    return head == null ? XdpAction.PASS : XdpAction.DROP;
  }
}
