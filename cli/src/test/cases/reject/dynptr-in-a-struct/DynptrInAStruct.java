import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingRecord;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class DynptrInAStruct {

  @Struct
  static final class Holder {
    RingRecord record;
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    Holder holder = new Holder();
    return holder.record == null ? XdpAction.PASS : XdpAction.DROP;
  }
}
