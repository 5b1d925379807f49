import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class MapInMain {

  static final BpfHashMap<Integer, Boolean> blocked = BpfHashMap.create(16);

  public static void main(String[] args) {
    blocked.put(1, true);
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    blocked.containsKey(context.length());
    return XdpAction.PASS;
  }
}
