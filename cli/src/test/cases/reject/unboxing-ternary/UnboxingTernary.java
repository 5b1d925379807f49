import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class UnboxingTernary {

  static final BpfHashMap<Integer, Long> counts = BpfHashMap.create(16);

  @Xdp
  static XdpAction program(XdpContext context) {
    Integer length = context.length();
    long count = context.length() > 60 ? counts.get(length) : 0L;
    return count > 10 ? XdpAction.DROP : XdpAction.PASS;
  }
}
