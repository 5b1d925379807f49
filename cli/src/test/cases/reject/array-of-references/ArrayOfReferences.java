import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class ArrayOfReferences {

  @Struct
  static final class Slot {
    int used;
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    Slot one = new Slot();
    Slot[] slots = {new Slot(), one};
    Slot[] others = Structs.fill(new Slot[2], Slot::new);
    others[1] = one;
    return slots.length == 2 ? XdpAction.DROP : XdpAction.PASS;
  }
}
