import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class MapReferenceAfterPutInACallee {

  @Struct
  static final class Stats {
    long packets;
  }

  static final BpfHashMap<Integer, Stats> all = BpfHashMap.create(16);

  private static void forget(int length) {
    all.remove(length);
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    Stats stats = all.get(1);
    if (stats == null) {
      return XdpAction.PASS;
    }
    forget(context.length());
    return stats.packets > 5 ? XdpAction.DROP : XdpAction.PASS;
  }
}
