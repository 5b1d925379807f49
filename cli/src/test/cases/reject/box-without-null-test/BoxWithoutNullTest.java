import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class BoxWithoutNullTest {

  static final BpfHashMap<Integer, Long> counts = BpfHashMap.create(16);

  @Xdp
  static XdpAction program(XdpContext context) {
    long count = counts.get(context.length());
    return count > 10 ? XdpAction.DROP : XdpAction.PASS;
  }
}
