import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class LocalArrayOfNullStructs {

  @Struct
  static final class Slot {
    int used;
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    Slot[] slots = new Slot[4];
    return slots.length == 4 ? XdpAction.DROP : XdpAction.PASS;
  }
}
