import org.bpf4j.lang.ArenaStruct;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArena;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class InAStruct {

  @ArenaStruct
  static final class Node {
    int value;
    @Nullable Node next;
  }

  @Struct
  static final class Slot {
    int count;
    @Nullable Node first;
  }

  static final BpfArena nodes = BpfArena.ofPages(4);
  static final BpfArray<Slot> slots = BpfArray.create(4);

  @Xdp
  static XdpAction program(XdpContext context) {
    slots.get(0).count++;
    return XdpAction.PASS;
  }
}
